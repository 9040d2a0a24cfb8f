package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.operator.Serving;
import dev.quern.trial.Tried;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParseMissingTest {

  @Test
  void defaultTokensBecomeMissingWhateverWhiteSpaceStandsAround() {
    Batch batch =
        Tried.column("a", Type.TEXT, "", " \u3000", "?", " ?\t", "N/A", "无", "\u00a0空", "none");
    assertThat(Tried.map(mapper(), batch).values()).containsOnlyNulls().hasSize(8);
  }

  @Test
  void otherTextsStayAsTheyAreWithTheirWhiteSpace() {
    Object[] texts = {"0", " x ", "NOne", "??", "无业", "na", null};
    assertThat(Tried.map(mapper(), Tried.column("a", Type.TEXT, texts)).values())
        .isEqualTo(Arrays.asList(texts));
  }

  @Test
  void exactMatchSeesWhiteSpace() {
    Mapper exact = mapper("tokens", List.of("?"), "match", "exact");
    assertThat(Tried.map(exact, Tried.column("a", Type.TEXT, "?", " ?")).values())
        .containsExactly(null, " ?");
    assertThat(exact.serving(Tried.schema("a", Type.TEXT), Serving.GRAPH)).isEqualTo(Serving.GRAPH);
    assertThat(mapper().serving(Tried.schema("a", Type.TEXT), Serving.GRAPH))
        .isEqualTo(Serving.HOST);
  }

  @Test
  void aDictionaryStaysOne() {
    BatchBuilder builder = new BatchBuilder(Tried.schema("d", Type.TEXT));
    for (String text : List.of("x", "?", "y")) {
      builder.keys().append(0, 0, 0, 0, 0, (byte) 0);
      builder.column(0).appendText(text);
    }
    Batch entries = builder.build();
    int[] codes = {2, 1, 0};
    DictionaryColumn coded =
        new DictionaryColumn((TextColumn) entries.column(0), codes, 3, Nulls.NONE);
    Batch batch = entries.with(Field.of("d", Type.TEXT), coded);
    assertThat(Tried.map(mapper(), batch).values()).containsExactly("y", null, "x");
  }

  @Test
  void fieldsMustBeTexts() {
    assertThatThrownBy(() -> mapper("fields", List.of("n")).output(Tried.schema("n", Type.LONG)))
        .hasMessage("must name fields that are text; found: n, long");
    assertThatThrownBy(
            () -> mapper("fields", List.of("nam")).output(Tried.schema("name", Type.TEXT)))
        .hasMessage(
            "must name fields of the input; found: nam; did you mean 'name'?; fields: name");
  }

  private static Mapper mapper(Object... params) {
    return Tried.operator(Mapper.class, ParseMissing.SPEC, params);
  }
}
