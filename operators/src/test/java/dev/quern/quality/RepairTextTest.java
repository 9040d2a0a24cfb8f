package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.quality.encoding.Mojibake;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "café",
        "déjà vu",
        "naïve – it’s “so”",
        "Größe: 5 µm, 20 °C",
        "Привет, мир",
        "Ελληνικά",
        "中文内容,数据质量",
        "日本語テキスト",
        "한국어",
        "😀 emoji",
        "Cœur",
        "Şişli, İstanbul"
      })
  void whatWasReadAsWindows1252IsReadAnew(String sound) {
    assertThat(repaired(misread(sound))).isEqualTo(sound);
    assertThat(repaired(misread(misread(sound)))).isEqualTo(sound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"中文内容很好", "人工智能发展", "don’t"})
  void utf8ThatWasReadAsGbkIsReadAnew(String sound) {
    String misread = new String(sound.getBytes(StandardCharsets.UTF_8), Charset.forName("GBK"));
    assertThat(misread).isNotEqualTo(sound);
    assertThat(repaired(misread)).isEqualTo(sound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"中文内容", "数据质量", "北京欢迎你,今天天气好"})
  void gbkThatWasReadAsLatin1IsReadAnew(String sound) {
    String misread =
        new String(sound.getBytes(Charset.forName("GBK")), StandardCharsets.ISO_8859_1);
    assertThat(repaired(misread)).isEqualTo(sound);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAFÉ»",
        "«CAFÉ»",
        "voilà”—he said",
        "café”—",
        "MANHÃ…",
        "IRMÃ”",
        "São Paulo",
        "Ärger",
        "Å“",
        "联通",
        "中文",
        "茅台酒",
        "Þæðö",
        "Ünïcödé",
        "œuvre"
      })
  void soundTextsStay(String sound) {
    assertThat(repaired(sound)).isEqualTo(sound);
  }

  @Test
  void entitiesLineEndsControlsAndZeroWidthsAreMended() {
    assertThat(repaired("&lt;b&gt; &amp;amp; &#20013;&#x6587; &#150; &copy &nope; &eacute;"))
        .isEqualTo("<b> &amp; 中文 – &copy &nope; é");
    assertThat(repaired("a\r\nb\rc\n")).isEqualTo("a\nb\nc\n");
    assertThat(repaired("a\u0000b\u0007c\td")).isEqualTo("abc\td");
    assertThat(repaired("\ufeffa\u200bb\u200d")).isEqualTo("ab\u200d");
    assertThat(repaired("e\u0301")).isEqualTo("\u00e9");
  }

  @Test
  void eachRepairCanBeLeftOut() {
    Mapper nothing =
        operator(
            "mojibake",
            "keep",
            "entities",
            "keep",
            "line_ends",
            "keep",
            "controls",
            "keep",
            "zero_width",
            "keep",
            "form",
            "none");
    String damaged = "Ã© &lt; \r\n\u0007\u200b e\u0301";
    Tried tried = Tried.map(nothing, Tried.column("t", Type.TEXT, damaged));
    assertThat(tried.values()).containsExactly(damaged);
    assertThat(tried.changed).isEmpty();
  }

  @Test
  void widthGoesBothWays() {
    assertThat(one(operator("width", "half"), "ＡＢ　１２！中")).isEqualTo("AB 12!中");
    assertThat(one(operator("width", "full"), "AB 12!中")).isEqualTo("ＡＢ　１２！中");
    assertThat(one(operator("form", "nfkc"), "ﬁ①ｱ")).isEqualTo("fi1ア");
  }

  @Test
  void aChangedCellIsTracedUnderItsFirstRule() {
    Tried tried =
        Tried.map(operator(), Tried.column("t", Type.TEXT, "Ã©&lt;", "&lt;", "plain", null));
    assertThat(tried.changed).containsExactly("0 t mojibake 0.95", "1 t entities 1.0");
    assertThat(tried.values()).containsExactly("é<", "<", "plain", null);
  }

  @Test
  void soundTextsOfFiveHundredLanguagesStayAndDamagedOnesComeBack() throws IOException {
    Path data =
        Path.of(System.getProperty("quern.data", "../../shared/data"), "text-udhr", "declaration");
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(data).as("data of tests, property quern.data").isDirectory();
    }
    Mojibake mojibake = new Mojibake();
    int lines = 0;
    int beyondAscii = 0;
    int changed = 0;
    int back = 0;
    for (String line : paragraphs(data)) {
      lines++;
      changed += mojibake.repair(line).equals(line) ? 0 : 1;
      if (line.chars().anyMatch(c -> c >= 0x80)) {
        beyondAscii++;
        back += mojibake.repair(misread(line)).equals(line) ? 1 : 0;
      }
    }
    assertThat(lines).isGreaterThan(20_000);
    assertThat(changed).isZero();
    assertThat((double) back / beyondAscii).isGreaterThan(0.99);
  }

  private static List<String> paragraphs(Path folder) throws IOException {
    List<String> paragraphs = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      for (String line : Files.readString(file).split("\n")) {
        String text = line.strip();
        if (text.startsWith("<p>") && text.endsWith("</p>")) {
          paragraphs.add(text.substring(3, text.length() - 4));
        }
      }
    }
    return paragraphs;
  }

  private static String misread(String sound) {
    byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
    StringBuilder read = new StringBuilder();
    Charset windows = Charset.forName("windows-1252");
    for (byte b : bytes) {
      String one = new String(new byte[] {b}, windows);
      // What Windows-1252 leaves open is read as Latin-1, as browsers do.
      read.append(one.equals("\ufffd") ? String.valueOf((char) (b & 0xff)) : one);
    }
    return read.toString();
  }

  private static String repaired(String text) {
    return String.valueOf(one(operator(), text));
  }

  private static Object one(Mapper mapper, String text) {
    List<?> values = Tried.map(mapper, Tried.column("t", Type.TEXT, text)).values();
    return String.valueOf(values.get(0));
  }

  private static Mapper operator(Object... params) {
    return Tried.operator(Mapper.class, RepairText.SPEC, params);
  }

  @Test
  void plainTextIsNotTouchedByTheReaderOfMojibake() {
    String plain = "nothing to do";
    assertThat(new Mojibake().repair(plain)).isSameAs(plain);
  }
}
