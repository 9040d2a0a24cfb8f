package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.quality.script.PhraseTable;
import dev.quern.trial.Tried;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertChineseTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "头发,頭髮",
    "发展,發展",
    "皇后在后面,皇后在後面",
    "树干与干部,樹幹與幹部",
    "里面三公里,裏面三公里",
    "计算机软件,計算機軟件",
    "一丝不挂,一絲不掛",
    "Quern 数据 2024,Quern 數據 2024"
  })
  void phrasesDecideWhatACharacterBecomes(String simplified, String traditional) {
    assertThat(convert("traditional", simplified)).isEqualTo(traditional);
    assertThat(convert("simplified", traditional)).isEqualTo(simplified);
  }

  @Test
  void otherTextStays() {
    String text = "abc 😀 Ünïcödé かな 中文";
    Tried tried = Tried.map(operator("simplified"), Tried.column("t", Type.TEXT, text, "", null));
    assertThat(tried.values()).containsExactly(text, "", null);
    assertThat(tried.counted).isEmpty();
  }

  @Test
  void changedCellsAreCounted() {
    Tried tried = Tried.map(operator("simplified"), Tried.column("t", Type.TEXT, "頭髮", "头发", "發"));
    assertThat(tried.values()).containsExactly("头发", "头发", "发");
    assertThat(tried.counted).containsEntry("chinese_script(t)", 2L);
  }

  @Test
  void theDictionariesAreThere() {
    assertThat(PhraseTable.toTraditional().size()).isGreaterThan(50_000);
    assertThat(PhraseTable.toSimplified().size()).isGreaterThan(4_000);
  }

  private static Object convert(String to, String text) {
    List<?> values = Tried.map(operator(to), Tried.column("t", Type.TEXT, text)).values();
    return String.valueOf(values.get(0));
  }

  private static Mapper operator(String to) {
    return Tried.operator(Mapper.class, ConvertChinese.SPEC, "to", to);
  }
}
