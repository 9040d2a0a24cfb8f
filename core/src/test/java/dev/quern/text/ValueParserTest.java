package dev.quern.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueParserTest {
  @Test
  void longsAreReadToTheLastValue() {
    assertThat(value("long", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(value("long", "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(value("long", " +7\t")).isEqualTo(7L);
    assertThat(rule("long", "9223372036854775808")).isEqualTo("out_of_range");
    assertThat(rule("long", "-9223372036854775809")).isEqualTo("out_of_range");
    assertThat(rule("long", "99999999999999999999999999")).isEqualTo("out_of_range");
    for (String wrong : List.of("", "-", "1.0", "1e3", "x", "１", "1 2")) {
      assertThat(rule("long", wrong)).as(wrong).isEqualTo("not_a_long");
    }
  }

  @Test
  void doublesAreTheNearestOnes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      double expected =
          i % 3 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : i % 3 == 1 ? random.nextInt(1_000_000) / 1000.0 : random.nextDouble(-1e18, 1e18);
      if (Double.isFinite(expected)) {
        assertThat(value("double", ValueWriter.number(expected))).isEqualTo(expected);
        assertThat(value("double", Double.toString(expected))).isEqualTo(expected);
      }
    }
    assertThat(value("double", ".5")).isEqualTo(0.5);
    assertThat(value("double", "5.")).isEqualTo(5.0);
    assertThat(value("double", "0.1e1")).isEqualTo(1.0);
    assertThat(value("double", "123456789012345678901234567890"))
        .isEqualTo(123456789012345678901234567890.0);
    assertThat(value("double", "0.000000000000000000000000000000000000001")).isEqualTo(1e-39);
    assertThat(rule("double", "1e400")).isEqualTo("out_of_range");
    for (String wrong : List.of("", ".", "NaN", "Infinity", "1d", "0x1p3", "1e", "1,5", "--1")) {
      assertThat(rule("double", wrong)).as(wrong).isEqualTo("not_a_double");
    }
  }

  @Test
  void floatsAreRoundedOnce() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 50_000; i++) {
      String written = Double.toString(random.nextDouble(-1e9, 1e9));
      assertThat(value("float", written)).isEqualTo(Float.parseFloat(written));
    }
    assertThat(rule("float", "1e39")).isEqualTo("out_of_range");
    assertThat(rule("float", "no")).isEqualTo("not_a_float");
  }

  @Test
  void decimalsAreNeverRounded() {
    assertThat(value("decimal(5,2)", "-1.5")).isEqualTo(new BigDecimal("-1.50"));
    assertThat(value("decimal(5,2)", "999.990")).isEqualTo(new BigDecimal("999.99"));
    assertThat(value("decimal(38,10)", "1234567890123456789012345678.0123456789"))
        .isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
    assertThat(value("decimal(20,2)", "1e3")).isEqualTo(new BigDecimal("1000.00"));
    assertThat(rule("decimal(5,2)", "1000")).isEqualTo("too_many_digits");
    assertThat(rule("decimal(5,2)", "0.001")).isEqualTo("too_many_digits");
    assertThat(rule("decimal(5,2)", "1e999999999")).isEqualTo("too_many_digits");
    assertThat(rule("decimal(5,2)", "one")).isEqualTo("not_a_decimal");
  }

  @Test
  void boolsAreTrueOrFalseInAnyCase() {
    assertThat(value("bool", "TRUE")).isEqualTo(true);
    assertThat(value("bool", " False ")).isEqualTo(false);
    assertThat(rule("bool", "yes")).isEqualTo("not_a_bool");
  }

  @Test
  void datesAreReadLikeTheCalendarOfTheJdk() {
    for (long day = -719_000; day < 2_900_000; day += 37) {
      LocalDate expected = LocalDate.ofEpochDay(day);
      assertThat(value("date", expected.toString())).isEqualTo(expected);
    }
    assertThat(value("date", "2024/2/29")).isEqualTo(LocalDate.of(2024, 2, 29));
    for (String wrong :
        List.of("2023-02-29", "2024-1-5", "2024-13-01", "24-01-01", "2024/0/1", "2024-01/02", "")) {
      assertThat(rule("date", wrong)).as(wrong).isEqualTo("not_a_date");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29, 2024-02-29T00:00:00Z",
    "2024-02-29T13:14, 2024-02-29T13:14:00Z",
    "2024-02-29 13:14:15, 2024-02-29T13:14:15Z",
    "2024-02-29T13:14:15.1234567Z, 2024-02-29T13:14:15.123456Z",
    "2024-02-29t13:14:15z, 2024-02-29T13:14:15Z",
    "2024-02-29T13:14:15+08:00, 2024-02-29T05:14:15Z",
    "2024-02-29T13:14:15-0330, 2024-02-29T16:44:15Z",
    "2024/2/9 01:02:03 +01, 2024-02-09T00:02:03Z",
    "1969-12-31T23:59:59.9999999, 1969-12-31T23:59:59.999999Z",
  })
  void timestampsAreRead(String written, String expected) {
    assertThat(value("timestamp", written)).isEqualTo(Instant.parse(expected));
  }

  @Test
  void whatIsNoTimestampIsTold() {
    for (String wrong :
        List.of(
            "2024-02-29T24:00",
            "2024-02-29T1:00",
            "2024-02-29T10:60",
            "2024-02-29T10:00:00.",
            "2024-02-29T10:00+8",
            "2024-02-29T10:00 x",
            "2024-02-30T10:00",
            "now",
            "")) {
      assertThat(rule("timestamp", wrong)).as(wrong).isEqualTo("not_a_timestamp");
    }
  }

  @Test
  void textsKeepTheirSpacesAndMustBeUtf8() {
    assertThat(value("text", "  你好 ")).isEqualTo("  你好 ");
    assertThat(rule("text", new byte[] {(byte) 0xc3, 0x28})).isEqualTo("malformed_utf8");
  }

  @Test
  void listsAndStructsAreJson() {
    assertThat(value("list<long>", "[1, null, 3]"))
        .isEqualTo(java.util.Arrays.asList(1L, null, 3L));
    assertThat(value("struct<a: long, b: list<text>>", "{\"b\": [\"x\"]}"))
        .isEqualTo(mapOf("a", null, "b", List.of("x")));
    assertThat(rule("list<long>", "[1, \"2\"]")).isEqualTo("not_a_long");
    assertThat(rule("list<long>", "[1] 2")).isEqualTo("trailing_content");
    assertThat(rule("struct<a: long>", "{\"a\":1,\"b\":2}")).isEqualTo("unknown_field");
    assertThat(rule("struct<a: long>", "{\"a\":1,\"a\":2}")).isEqualTo("duplicate_key");
    assertThat(rule("struct<a: long>", "{")).isEqualTo("malformed_json");
  }

  @Test
  void aFaultLeavesNothingBehind() {
    Type type = Type.parse("struct<a: list<text>, b: long>");
    ColumnBuilder out = ColumnBuilder.of(type);
    ValueParser parser = ValueParser.of(type);
    for (String json :
        List.of(
            "{\"a\":[\"x\",\"y\"],\"b\":1}",
            "{\"a\":[\"lost\"],\"b\":\"no\"}",
            "{\"a\":[\"lost\", {}], \"b\": 1, \"c\": 1}",
            "{\"b\":2}",
            "{\"a\":[],\"b\":3}")) {
      byte[] bytes = json.getBytes(UTF_8);
      parser.parse(bytes, 0, bytes.length, out);
    }
    Column column = out.build();
    assertThat(column.size()).isEqualTo(3);
    assertThat(column.valueAt(0)).isEqualTo(mapOf("a", List.of("x", "y"), "b", 1L));
    assertThat(column.valueAt(1)).isEqualTo(mapOf("a", null, "b", 2L));
    assertThat(column.valueAt(2)).isEqualTo(mapOf("a", List.of(), "b", 3L));
  }

  @Test
  void bytesAreBase64() {
    assertThat((byte[]) value("bytes", "AAEC")).containsExactly(0, 1, 2);
    assertThat(rule("bytes", "A*")).isEqualTo("not_base64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "long;1,-2,3",
        "double;1,2.5",
        "double;1e3",
        "text;007,8",
        "text;1234567890123456789",
        "double;1234567890123456789,0.5",
        "text;+8613800138000",
        "long;+3,-2",
        "bool;true,FALSE",
        "text;true,1",
        "date;2024-01-31,2023/1/2",
        "timestamp;2024-01-31,2024-01-31T10:00Z",
        "text;2024-01-31,5",
        "text;NaN",
        "text;2024-02-30",
        "long; ,5",
        "text; , ",
      })
  void theNarrowestTypeIsGuessed(String type, String values) {
    TypeGuess whole = new TypeGuess();
    TypeGuess merged = new TypeGuess();
    for (String value : values.split(",")) {
      byte[] bytes = value.getBytes(UTF_8);
      TypeGuess one = new TypeGuess();
      whole.add(bytes, 0, bytes.length);
      one.add(bytes, 0, bytes.length);
      merged.merge(one);
    }
    assertThat(whole.type()).hasToString(type);
    assertThat(merged.type()).hasToString(type);
  }

  @Test
  void whatIsWrittenReadsBack() {
    ValueWriter writer = new ValueWriter();
    Map<String, List<String>> written =
        Map.of(
            "long", List.of("-1", "9223372036854775807"),
            "double", List.of("2.0E-3", "1.0E23", "4.9E-324", "0.1", "-0.0"),
            "decimal(6,2)", List.of("-0.05", "1234.00"),
            "date", List.of("1969-12-31", "0000-03-01", "9999-12-31"),
            "timestamp", List.of("1969-12-31T23:59:59.9Z", "2024-02-29T00:00:00Z"),
            "bytes", List.of("AAEC"),
            "text", List.of("\"a\"\n\u0001你😀"),
            "list<text>", List.of("[\"a\\n\\u0001\\\"\\\\你😀\",null]"),
            "struct<x: double, when: date>", List.of("{\"x\":0.5,\"when\":\"2024-01-01\"}"));
    written.forEach(
        (type, values) -> {
          for (String value : values) {
            ColumnBuilder out = ColumnBuilder.of(Type.parse(type));
            byte[] bytes = value.getBytes(UTF_8);
            assertThat(ValueParser.of(out.type()).parse(bytes, 0, bytes.length, out)).isNull();
            String expected = value.equals("2.0E-3") ? "0.002" : value;
            assertThat(writer.text(out.build(), 0)).isEqualTo(expected);
          }
        });
  }

  private static Map<String, @Nullable Object> mapOf(
      String a, @Nullable Object first, String b, @Nullable Object second) {
    Map<String, @Nullable Object> map = new java.util.LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  private static @Nullable Object value(String type, String written) {
    ColumnBuilder out = ColumnBuilder.of(Type.parse(type));
    byte[] bytes = ("(" + written + ")").getBytes(UTF_8);
    assertThat(ValueParser.of(out.type()).parse(bytes, 1, bytes.length - 1, out))
        .as(written)
        .isNull();
    return out.build().valueAt(0);
  }

  private static @Nullable String rule(String type, String written) {
    return rule(type, written.getBytes(UTF_8));
  }

  private static @Nullable String rule(String type, byte[] bytes) {
    ColumnBuilder out = ColumnBuilder.of(Type.parse(type));
    String rule = ValueParser.of(out.type()).parse(bytes, 0, bytes.length, out);
    assertThat(out.size()).isZero();
    return rule;
  }
}
