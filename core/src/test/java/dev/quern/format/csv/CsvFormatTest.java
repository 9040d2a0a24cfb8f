package dev.quern.format.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.format.json.Json;
import dev.quern.format.source.Collected;
import dev.quern.format.source.FileReading;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8",
        "location_coordinates"
      })
  void theAcidTestIsReadAsExpected(String name) throws IOException {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "bad-csv");
    if (!Files.exists(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    byte[] csv = Files.readAllBytes(data.resolve("csvs/" + name + ".csv"));
    Object root = Json.parse(Files.readString(data.resolve("json/" + name + ".json")));
    List<?> expected = root instanceof List<?> list ? list : List.of(root);
    CsvSettings texts = settings(Map.of());
    InputFile file = Collected.file(folder, name, csv);
    Schema found = CsvFormat.infer(texts, List.of(file));
    Map<String, Type> types = new java.util.LinkedHashMap<>();
    found.names().forEach(field -> types.put(field, Type.TEXT));
    Collected read = read(settings(types), 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      Map<String, ?> sample = Json.object(expected.get(i));
      for (int f = 0; f < found.size(); f++) {
        Object value = read.values.get(i).get(f);
        Object wanted = sample.get(found.field(f).name());
        // The fixture's two files hold different telephone numbers.
        if (!name.equals("location_coordinates") || f != 0) {
          assertThat(value == null ? "" : value).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void samplesCarryIdRankSplitAndTypedValues() throws IOException {
    InputFile file =
        csv("a.csv", "id,amount,when,ok,note\n1,2.5,2024-01-31,true,x\n2,,2023/1/2,,\"\"\n");
    assertThat(CsvFormat.infer(CsvSettings.DETECTED, List.of(file)))
        .hasToString("struct<id: long, amount: double, when: date, ok: bool, note: text>");
    Collected read = read(CsvSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    SampleId first = SampleId.of("s", "a.csv", 23, 0);
    assertThat(read.samples.get(0))
        .isEqualTo(first + " 4294967296 23 TEST [1, 2.5, 2024-01-31, true, x]");
    assertThat(read.values.get(1))
        .isEqualTo(Arrays.asList(2L, null, java.time.LocalDate.of(2023, 1, 2), null, ""));
  }

  @Test
  void rowsAtFaultAreSetAsideWithPlaceFieldAndRule() throws IOException {
    InputFile file =
        csv(
            "f.csv",
            "id,name\n1,a\n\n2,b,c\n3\n\"4\",\"x\ny\"\nfive,z\n6,\"q\" r\n7,\"open\n8,n\n");
    CsvSettings declared = settings(Map.of("id", Type.LONG));
    Collected read = read(declared, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.values)
        .containsExactly(List.of(1L, "a"), List.of(4L, "x\ny"), List.of(8L, "n"));
    assertThat(read.quarantined)
        .containsExactly(
            "0@13 line 4  too_many_fields 5",
            "0@19 line 5  too_few_fields 1",
            "0@31 line 8 id not_a_long 6",
            "0@38 line 9  text_after_quote 7",
            "0@46 line 10  unclosed_quote 7");
  }

  @Test
  void malformedTextAndNulAreSetAside() throws IOException {
    byte[] bytes = "a,b\n1,x\n2,y\n3,z\n".getBytes(UTF_8);
    bytes[10] = (byte) 0xff;
    bytes[14] = 0;
    InputFile file = Collected.file(folder, "m.csv", bytes);
    Collected read = read(CsvSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.values).containsExactly(List.of(1L, "x"));
    assertThat(read.quarantined)
        .containsExactly("0@8 line 3 b malformed_utf8 3", "0@12 line 4 b nul_byte 3");
  }

  @Test
  void anUnclosedQuoteSpoilsOneLineHoweverLongTheFile() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n0,\"never closed\n");
    for (int i = 1; i <= 50_000; i++) {
      text.append(i).append(",it's row ").append(i).append('\n');
    }
    InputFile file = csv("u.csv", text.toString());
    for (int limit : new int[] {1000, 1 << 24}) {
      CsvSettings bounded = limited(limit);
      for (long morsel : new long[] {500, 1 << 20}) {
        Collected read = read(bounded, morsel, Collected.Payload.KEPT, file);
        assertThat(read.quarantined).containsExactly("0@4 line 2  unclosed_quote 15");
        assertThat(read.samples).hasSize(50_000);
      }
    }
  }

  @Test
  void aRowLongerThanTheLimitIsSetAside() throws IOException {
    String text = "a,b\n1," + "x".repeat(5000) + "\n2,y\n3,\"" + "l\n".repeat(50) + "\"\n4,z\n";
    InputFile file = csv("l.csv", text);
    List<String> first = null;
    for (long morsel : new long[] {1, 64, 1000, 1 << 20}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(limited(60), morsel, payload, file);
        assertThat(read.quarantined.get(0)).isEqualTo("0@4 line 2  too_long 60");
        assertThat(read.quarantined.get(1)).isEqualTo("0@5011 line 4  unclosed_quote 4");
        first = first == null ? read.quarantined : first;
        assertThat(read.quarantined).isEqualTo(first);
        assertThat(read.values.get(0)).containsExactly(2L, "y");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyMorselSizeGivesTheSameSamples(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      files.add(csv("d/" + i + ".csv", randomCsv(random, i == 2 ? 400 : random.nextInt(12))));
    }
    CsvSettings typed = settings(Map.of("n", Type.LONG));
    InputFile[] all = files.toArray(InputFile[]::new);
    Collected expected = read(typed, 1 << 20, Collected.Payload.KEPT, all);
    assertThat(expected.samples).hasSizeGreaterThan(100);
    for (long morsel : new long[] {1, 7, 64, 333, 1000, 4096}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(typed, morsel, payload, all);
        assertThat(read.samples).isEqualTo(expected.samples);
        assertThat(read.quarantined).isEqualTo(expected.quarantined);
      }
    }
  }

  @Test
  void otherEncodingsAreDetectedAndReadTheSame() throws IOException {
    String text = "编号,姓名,备注\n1,张三,\"你好，世界\"\n2,李四,第二行有中文内容\n3,王五,emoji😀结束\n".repeat(1);
    List<List<Object>> expected =
        read(CsvSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, csv("8.csv", text)).values;
    assertThat(expected.get(0)).containsExactly(1L, "张三", "你好，世界");
    Map<String, byte[]> encoded =
        Map.of(
            "gb", text.getBytes(Charset.forName("GB18030")),
            "le", text.getBytes(UTF_16LE),
            "be", text.getBytes(UTF_16BE),
            "leb", ("\ufeff" + text).getBytes(UTF_16LE),
            "beb", ("\ufeff" + text).getBytes(UTF_16BE),
            "8b", ("\ufeff" + text).getBytes(UTF_8));
    encoded.forEach(
        (name, bytes) -> {
          InputFile file = Collected.file(folder, name + ".csv", bytes);
          try {
            for (long morsel : new long[] {5, 1 << 20}) {
              for (Collected.Payload payload : Collected.Payload.values()) {
                Collected read = read(CsvSettings.DETECTED, morsel, payload, file);
                assertThat(read.values).as(name).isEqualTo(expected);
                assertThat(read.quarantined).isEmpty();
              }
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aDamagedRowOfGb18030IsSetAsideAlone() throws IOException {
    byte[] bytes = "编号,姓名\n1,张三\n2,李四\n3,王五\n".getBytes(Charset.forName("GB18030"));
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("2,") + 3;
    bytes[at] = (byte) 0x20;
    Collected read =
        read(
            CsvSettings.DETECTED,
            1 << 20,
            Collected.Payload.KEPT,
            Collected.file(folder, "g.csv", bytes));
    assertThat(read.values).containsExactly(List.of(1L, "张三"), List.of(3L, "王五"));
    assertThat(read.quarantined).singleElement().asString().contains("line 3 姓名 malformed_utf8");
  }

  @Test
  void delimiterHeaderCommentAndLineEndsAreDetected() throws IOException {
    assertRows("a;b\r1,5;x\r2,5;y\r", "[1,5, x]", "[2,5, y]");
    assertRows("a\tb\r\n1\tx y\r\n", "[1, x y]");
    assertRows("1|2|3\n4|5|6", "[1, 2, 3]", "[4, 5, 6]");
    assertRows("a,b\n \"1\" , \"x, y\" \n2,it\"s \"fine\"\n", "[1, x, y]", "[2, it\"s \"fine\"]");
    assertRows("one\nx\n\n  \ny\n", "[x]", "[y]");
  }

  @Test
  void filesOfOtherColumnOrderAreReadByName() throws IOException {
    InputFile one = csv("1.csv", "a,b\n1,x\n");
    InputFile two = csv("2.csv", "c,b,a\ntrue,y,2\n");
    Collected read = read(CsvSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, one, two);
    assertThat(read.values).containsExactly(Arrays.asList(1L, "x", null), List.of(2L, "y", true));
  }

  @Test
  void aHeaderThatCannotNameFieldsIsToldWithItsFix() throws IOException {
    assertThatThrownBy(
            () -> CsvFormat.infer(CsvSettings.DETECTED, List.of(csv("h.csv", "x,y,x\n"))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "h.csv: the header must have unique names; found: one name in cells 1 and 3; give the"
                + " names as fields: [...] with header: present, or header: none if there is none");
    assertThatThrownBy(() -> CsvFormat.infer(CsvSettings.DETECTED, List.of(csv("e.csv", "x,,y\n"))))
        .hasMessageContaining("name every cell; found: cell 2 of 3 without a name");
  }

  @Test
  void bytesThatAreNoTextAreNoNames() {
    assertThatThrownBy(() -> infer("bin.csv", new byte[5000]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the header must hold no control characters; found: one in cell 1");
    assertThatThrownBy(() -> infer("l.csv", "n,stra\u00dfe\n1,x\n".getBytes(ISO_8859_1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "l.csv: the header must be UTF-8; found: other bytes in cell 2 of 2; give the file's"
                + " encoding as encoding: ..., if it is a text file");
    assertThatThrownBy(() -> infer("e.csv", new byte[0]))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.code()).isEqualTo("source_empty"))
        .hasMessageStartingWith("e.csv: must hold a header or a row, or its fields must be given");
  }

  private void infer(String name, byte[] bytes) throws IOException {
    CsvFormat.infer(CsvSettings.DETECTED, List.of(Collected.file(folder, name, bytes)));
  }

  @Test
  void withoutQuotingQuotesStandForThemselves() throws IOException {
    String text = "a\tb\n\"x\t1\ny\"z\"\t\"2\"\n\"q\" w\t\"\"\n\t\"\r\n \"s\t3\rt\t\"\n";
    CsvSettings none =
        new CsvSettings(
            Optional.empty(),
            CsvSettings.Header.AUTO,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            CsvSettings.Quote.NONE,
            CsvSettings.MAX_ROW_BYTES);
    for (long morsel : new long[] {1, 9, 1 << 20}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(none, morsel, payload, csv("q.tsv", text));
        assertThat(read.quarantined).isEmpty();
        assertThat(read.values)
            .containsExactly(
                List.of("\"x", "1"),
                List.of("y\"z\"", "\"2\""),
                List.of("\"q\" w", "\"\""),
                Arrays.asList(null, "\""),
                List.of(" \"s", "3"),
                List.of("t", "\""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n"})
  void aRowLongerThanTheLimitEndsWithItsLine(String end) throws IOException {
    String text = String.join(end, "a,b", "1,2", "3," + "x".repeat(5000), "4,5", "6,7", "");
    InputFile file = csv("l.csv", text);
    for (long morsel : new long[] {1, 2, 3, 64, 1000, 4095, 1 << 20}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(limited(100), morsel, payload, file);
        assertThat(read.values)
            .as("morsels of %s", morsel)
            .containsExactly(List.of(1L, "2"), List.of(4L, "5"), List.of(6L, "7"));
        assertThat(read.quarantined).singleElement().asString().contains("line 3  too_long 100");
      }
    }
  }

  @Test
  void commasBetweenDigitsDoNotSeparateWhereSemicolonsDo() throws IOException {
    assertRows("1,5;2,5\n2,75;3,5\n", "[1,5, 2,5]", "[2,75, 3,5]");
    assertRows("1,5;x\n2,75;y\n", "[1,5, x]", "[2,75, y]");
    assertRows("1,a;b\n2,c;d\n", "[1, a;b]", "[2, c;d]");
    InputFile file = csv("d.csv", "a;b\n1,5;2\n2.5;3\n");
    Collected typed =
        read(settings(Map.of("a", Type.DOUBLE)), 1 << 20, Collected.Payload.KEPT, file);
    assertThat(typed.values).containsExactly(List.of(2.5, 3L));
    assertThat(typed.quarantined).containsExactly("0@4 line 2 a not_a_double 5");
  }

  @Test
  void mixedEncodingsAreNotGuessed() throws IOException {
    Charset chinese = Charset.forName("GB18030");
    byte[] mixed =
        concat(
            "n,t\n1,北京\n2,大学之道在明明德\n".getBytes(UTF_8),
            "3,上海市的天气今天很好\n4,重庆的天气昨天不好\n".getBytes(chinese));
    Collected read =
        read(
            CsvSettings.DETECTED,
            1 << 20,
            Collected.Payload.KEPT,
            Collected.file(folder, "m.csv", mixed));
    assertThat(read.values).containsExactly(List.of(1L, "北京"), List.of(2L, "大学之道在明明德"));
    assertThat(read.quarantined).hasSize(2).allMatch(q -> q.contains(" t malformed_utf8 "));
    byte[] european = concat("n,t\n1,Müller\n".getBytes(UTF_8), "2,Müller\n".getBytes(ISO_8859_1));
    Collected two =
        read(
            CsvSettings.DETECTED,
            1 << 20,
            Collected.Payload.KEPT,
            Collected.file(folder, "e.csv", european));
    assertThat(two.values).containsExactly(List.of(1L, "Müller"));
    assertThat(two.quarantined).hasSize(1);
  }

  @Test
  void westernEuropeanTextIsReadWhereDeclared() throws IOException {
    byte[] bytes = "n,straße\n1,Zoë – 5 €\n2,\u0081\n".getBytes(Charset.forName("windows-1252"));
    bytes[bytes.length - 2] = (byte) 0x81; // one of the five bytes without a character
    CsvSettings declared =
        new CsvSettings(
            Optional.empty(),
            CsvSettings.Header.AUTO,
            List.of(),
            Optional.empty(),
            Optional.of(dev.quern.format.source.TextEncoding.WINDOWS_1252),
            Map.of(),
            CsvSettings.Quote.DOUBLE,
            CsvSettings.MAX_ROW_BYTES);
    InputFile file = Collected.file(folder, "w.csv", bytes);
    assertThat(CsvFormat.infer(declared, List.of(file)).names()).containsExactly("n", "straße");
    for (long morsel : new long[] {3, 1 << 20}) {
      Collected read = read(declared, morsel, Collected.Payload.DROPPED, file);
      assertThat(read.values).containsExactly(List.of(1L, "Zoë – 5 €"));
      assertThat(read.quarantined).singleElement().asString().contains("straße malformed_utf8");
    }
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  private void assertRows(String text, String... rows) throws IOException {
    InputFile file = csv("r.csv", text);
    Collected read = read(CsvSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values.stream().map(List::toString)).containsExactly(rows);
  }

  private static String randomCsv(SplittableRandom random, int rows) {
    String[] cells = {
      "",
      "x",
      "\"\"",
      "\"a,b\"",
      "\"line\nline\"",
      "\"say \"\"hi\"\"\"",
      "中文",
      " sp ",
      "it\"s",
      "\"cr\r\nlf\"",
      "\"a\" b",
      "\"é\r\""
    };
    StringBuilder text = new StringBuilder("n,t,u\n");
    for (int i = 0; i < rows; i++) {
      String number = random.nextInt(15) == 0 ? "no" : Integer.toString(random.nextInt(1000));
      text.append(number).append(',').append(cells[random.nextInt(cells.length)]);
      if (random.nextInt(12) > 0) {
        text.append(',').append(cells[random.nextInt(cells.length)]);
      }
      text.append(random.nextInt(30) == 0 ? ",\"open" : "");
      String[] ends = {"\n", "\r\n", "\n\n", "\r"};
      text.append(i == rows - 1 ? "" : ends[random.nextInt(ends.length)]);
    }
    return text.toString();
  }

  private InputFile csv(String name, String text) {
    return Collected.file(folder, name, text.getBytes(UTF_8));
  }

  private Collected read(
      CsvSettings settings, long morselBytes, Collected.Payload payload, InputFile... files)
      throws IOException {
    List<InputFile> all = List.of(files);
    Schema schema = CsvFormat.infer(settings, all);
    CsvFormat format = new CsvFormat(settings, all, schema);
    return Collected.all(
        new FileReading<>(Collected.source(folder), all, format), morselBytes, payload);
  }

  private static CsvSettings settings(Map<String, Type> types) {
    return new CsvSettings(
        Optional.empty(),
        CsvSettings.Header.AUTO,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        types,
        CsvSettings.Quote.DOUBLE,
        CsvSettings.MAX_ROW_BYTES);
  }

  private static CsvSettings limited(int maxRowBytes) {
    return new CsvSettings(
        Optional.empty(),
        CsvSettings.Header.AUTO,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        CsvSettings.Quote.DOUBLE,
        maxRowBytes);
  }
}
