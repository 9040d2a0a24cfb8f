package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.trial.Tried;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {
  private static final String FIELD = "x";

  private static Validity validity(Object... rules) {
    Object[] params = new Object[rules.length + 2];
    params[0] = "field";
    params[1] = FIELD;
    System.arraycopy(rules, 0, params, 2, rules.length);
    return Tried.operator(Validity.class, Validity.SPEC, params);
  }

  private static String of(Type type, List<@Nullable Object> values, Object... rules) {
    Batch batch = Tried.column(FIELD, type, values.toArray());
    return Tried.metrics(validity(rules), batch).get(0).substring("validity(x) = ".length());
  }

  private static boolean holds(Type type, Object value, Object... rules) {
    return of(type, List.of(value), rules).equals("1.0");
  }

  @Test
  void missingValuesAreNeitherValidNorInvalid() {
    Batch texts = Tried.column(FIELD, Type.TEXT, "S", null, " ", "", "XL", "M", "L");
    assertThat(Tried.measured(validity("set", List.of("S", "M", "L")), texts))
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.numerator()).isEqualTo(3);
              assertThat(metric.denominator()).isEqualTo(4);
            });
    Batch doubles = Tried.column(FIELD, Type.DOUBLE, 1.0, Double.NaN, null);
    assertThat(Tried.metrics(validity("min", 0L), doubles)).containsExactly("validity(x) = 1.0");
    Batch none = Tried.column(FIELD, Type.TEXT, null, "\u3000");
    assertThat(Tried.metrics(validity("min_length", 0L), none))
        .containsExactly("validity(x) = none");
  }

  @Test
  void eachOfSeveralRulesIsToldToo() {
    Batch texts = Tried.column(FIELD, Type.TEXT, "ab", "abc", "b", "a");
    assertThat(Tried.metrics(validity("pattern", "^a", "max_length", 2L), texts))
        .containsExactly(
            "validity(x) = 0.5", "validity(x)[pattern] = 0.75", "validity(x)[length] = 0.75");
  }

  @Test
  void rangesOfLongsAreExact() {
    long far = (1L << 62) + 1;
    assertThat(holds(Type.LONG, far, "min", far)).isTrue();
    assertThat(holds(Type.LONG, far, "above", far)).isFalse();
    assertThat(holds(Type.LONG, far, "above", far - 1)).isTrue();
    assertThat(holds(Type.LONG, 3L, "min", 2.5)).isTrue();
    assertThat(holds(Type.LONG, 2L, "above", 1.5, "below", 2.5)).isTrue();
    assertThat(holds(Type.LONG, 2L, "min", 2.1, "max", 2.9)).isFalse();
    assertThat(holds(Type.LONG, Long.MAX_VALUE, "max", 1e300)).isTrue();
    assertThat(holds(Type.LONG, Long.MIN_VALUE, "min", 1e300)).isFalse();
  }

  @Test
  void rangesKnowDoublesDecimalsTimesAndTexts() {
    assertThat(holds(Type.DOUBLE, 1.5, "min", 1L, "below", 1.5)).isFalse();
    assertThat(holds(Type.DOUBLE, 1.5, "above", 1L, "max", 1.5)).isTrue();
    Type money = Type.decimal(9, 2);
    assertThat(holds(money, new BigDecimal("0.10"), "min", 0.1, "max", 0.1)).isTrue();
    assertThat(holds(money, new BigDecimal("0.10"), "above", 0.1)).isFalse();
    assertThat(holds(Type.DATE, LocalDate.of(2024, 2, 29), "above", "2024-02-28")).isTrue();
    assertThat(holds(Type.DATE, LocalDate.of(2024, 2, 29), "below", "2024-02-29")).isFalse();
    Instant noon = Instant.parse("2024-02-29T12:00:00Z");
    assertThat(holds(Type.TIMESTAMP, noon, "max", "2024-02-29T13:00:00+01:00")).isTrue();
    assertThat(holds(Type.TIMESTAMP, noon, "below", "2024-02-29T12:00:00Z")).isFalse();
    assertThat(holds(Type.TEXT, "m", "min", "a", "max", "m")).isTrue();
    assertThat(holds(Type.TEXT, "\uD83D\uDE00", "above", "\uFFFD")).isTrue();
  }

  @Test
  void setsTakeValuesOfEachType() {
    assertThat(holds(Type.LONG, 2L, "set", List.of(1L, 2.0))).isTrue();
    assertThat(holds(Type.LONG, 2L, "not_in", List.of(1L, 2L))).isFalse();
    assertThat(holds(Type.DOUBLE, 1.1, "set", List.of(1.1))).isTrue();
    assertThat(holds(Type.FLOAT, 1.1f, "set", List.of(1.1))).isTrue();
    assertThat(holds(Type.BOOL, true, "set", List.of(true))).isTrue();
    assertThat(holds(Type.DATE, LocalDate.of(2024, 2, 29), "set", List.of("2024-02-29"))).isTrue();
    assertThat(holds(Type.TEXT, "a", "set", List.of())).isFalse();
    assertThat(holds(Type.TEXT, "a", "not_in", List.of())).isTrue();
  }

  @Test
  void patternsAreFoundAndLikesMatchTheWhole() {
    assertThat(holds(Type.TEXT, "xay", "pattern", "a")).isTrue();
    assertThat(holds(Type.TEXT, "xay", "like", "a")).isFalse();
    assertThat(holds(Type.TEXT, "x中y", "like", "x_y")).isTrue();
    assertThat(holds(Type.TEXT, "xay", "pattern", List.of("a", "b"))).isTrue();
    assertThat(holds(Type.TEXT, "xay", "pattern", List.of("a", "b"), "match", "all")).isFalse();
    assertThat(holds(Type.TEXT, "xay", "not_pattern", List.of("b", "c"))).isTrue();
    assertThat(holds(Type.TEXT, "xay", "not_pattern", List.of("b", "a"))).isFalse();
    assertThat(holds(Type.TEXT, "xay", "not_like", "x%")).isFalse();
    assertThat(holds(Type.TEXT, "中", "pattern", "^\\p{Han}$")).isTrue();
  }

  @Test
  void aPatternThatWouldBacktrackForEverDoesNot() {
    // (a+)+$ takes 2^n steps with backtracking: this would not end.
    assertThat(holds(Type.TEXT, "a".repeat(50_000) + "b", "pattern", "^(a+)+$")).isFalse();
  }

  @Test
  void aTextHasTheTypesItCanBeReadAs() {
    List<Object> texts = List.of("1", "2.5", "x", "2024-02-29", "true");
    assertThat(of(Type.TEXT, texts, "type", "long")).isEqualTo("0.2");
    assertThat(of(Type.TEXT, texts, "type", List.of("double", "date"))).isEqualTo("0.6");
    assertThat(of(Type.TEXT, texts, "type", "text")).isEqualTo("1.0");
    assertThat(holds(Type.LONG, 1L, "type", "long")).isTrue();
    assertThat(holds(Type.LONG, 1L, "type", "text")).isFalse();
    assertThat(holds(Type.DATE, LocalDate.EPOCH, "type", "timestamp")).isTrue();
  }

  @Test
  void lengthsAreCharacters() {
    assertThat(holds(Type.TEXT, "中文\uD83D\uDE00", "min_length", 3L, "max_length", 3L)).isTrue();
    assertThat(holds(Type.TEXT, "abcd", "max_length", 3L)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "luhn, 4111 1111 1111 1111, 4111 1111 1111 1112",
    "gs1, 4006381333931, 4006381333932",
    "gs1, 978-3-16-148410-0, 978-3-16-148410-1",
    "isbn_10, 0-8044-2957-X, 0-8044-2957-1",
    "mod_11_2, 11010519491231002X, 110105194912310021",
    "mod_11_2, 0000-0002-1825-0097, 0000-0002-1825-0098",
    "mod_97_10, 5493001KJTIIGC8Y1R12, 5493001KJTIIGC8Y1R13",
    "iban, DE89 3704 0044 0532 0130 00, DE89 3704 0044 0532 0130 01",
  })
  void checksumsAreRecomputed(String checksum, String right, String wrong) {
    assertThat(holds(Type.TEXT, right, "checksum", checksum)).isTrue();
    assertThat(holds(Type.TEXT, wrong, "checksum", checksum)).isFalse();
    assertThat(holds(Type.TEXT, right + "é", "checksum", checksum)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "%Y-%m-%d, 2024-02-29, 2023-02-29",
    "%Y%m%d, 20240229, 2024-02-29",
    "%d/%m/%y, 1/2/99, 1/13/99",
    "%Y-%m-%dT%H:%M:%S, 1980-05-21T13:47:59, 1977-05-55T00:00:00",
    "%b %d %Y %I:%M %p, Feb 29 2024 11:05 PM, Feb 30 2024 11:05 PM",
    "%A %d %B %Y, Thursday 29 February 2024, Thirsday 29 February 2024",
    "%H:%M:%S.%f%z, 23:59:59.5+01:00, 23:59:59.5+1",
    "%j %Y, 366 2024, 366 2023",
    "%d%m, 111, 9",
    "100%%, 100%, 100",
  })
  void formatsAreThoseOfStrftime(String format, String right, String wrong) {
    assertThat(holds(Type.TEXT, right, "format", format)).isTrue();
    assertThat(holds(Type.TEXT, wrong, "format", format)).isFalse();
  }

  @Test
  void jsonIsParsedAndFitsItsSchema() {
    String schema =
        "{\"type\": \"object\", \"required\": [\"a\"], "
            + "\"properties\": {\"a\": {\"type\": \"integer\", \"minimum\": 1}}}";
    assertThat(holds(Type.TEXT, "{\"a\": 1, \"b\": [null]}", "json_schema", schema)).isTrue();
    assertThat(holds(Type.TEXT, "{\"a\": 0}", "json_schema", schema)).isFalse();
    assertThat(holds(Type.TEXT, "{\"a\": 1.5}", "json_schema", schema)).isFalse();
    assertThat(holds(Type.TEXT, "{\"b\": 1}", "json_schema", schema)).isFalse();
    assertThat(holds(Type.TEXT, "[1, \"x\"]", "json_schema", "{}")).isTrue();
    assertThat(holds(Type.TEXT, "{'a': 1}", "json_schema", "{}")).isFalse();
    assertThat(holds(Type.TEXT, "[".repeat(499) + "]".repeat(499), "json_schema", schema))
        .isFalse();
  }

  @Test
  void whatNoValueCanObeyOrBreakIsAMistake() {
    assertThatThrownBy(() -> validity("pattern", "a").check(Tried.schema(FIELD, Type.LONG)))
        .isInstanceOf(BindException.class)
        .hasMessage("must be asked of texts; found: x, long");
    assertThatThrownBy(() -> validity("min", 1L).check(Tried.schema(FIELD, Type.TEXT)))
        .hasMessage("must be a 'text' for field x, text; found: 1");
    assertThatThrownBy(() -> validity("min", "a").check(Tried.schema(FIELD, Type.LONG)))
        .hasMessage("must be a number for field x, long; found: a");
    assertThatThrownBy(() -> validity("max", "noon").check(Tried.schema(FIELD, Type.TIMESTAMP)))
        .hasMessage(
            "must be a time like '2024-02-29T23:59:59Z' for field x, timestamp; found: noon");
    assertThatThrownBy(() -> validity("min", 1L).check(Tried.schema(FIELD, Type.BOOL)))
        .hasMessage("must be asked of numbers, dates, timestamps or texts; found: x, bool");
    assertThatThrownBy(() -> validity("set", List.of(1.5)).check(Tried.schema(FIELD, Type.LONG)))
        .hasMessage("must be a whole number for field x, long; found: 1.5");
  }

  @Test
  void rulesThatContradictThemselvesAreRefused() {
    assertThatThrownBy(ValidityTest::validity)
        .hasMessage(
            "a rule must be given: one of type, format, pattern, not_pattern, like, not_like, min,"
                + " max, above, below, set, not_in, min_length, max_length, checksum, json_schema;"
                + " found: none");
    assertThatThrownBy(() -> validity("min", 2L, "max", 1L))
        .hasMessage("min must be <= max; found: 2, 1");
    assertThatThrownBy(() -> validity("min", 2L, "above", 1L))
        .hasMessage("min must stand without above; found: both");
    assertThatThrownBy(() -> validity("min_length", 2L, "max_length", 1L))
        .hasMessage("min_length must be <= max_length (characters); found: 2, 1");
    assertThatThrownBy(() -> validity("pattern", "(?=a)"))
        .hasMessage(
            "pattern must be a regular expression of RE2; found: (?=a), invalid or unsupported Perl"
                + " syntax");
    assertThatThrownBy(() -> validity("format", "%D"))
        .hasMessage(
            "format must be made of %Y %y %m %d %H %I %M %S %f %j %b %B %a %A %p %z %%; found: %D");
    assertThatThrownBy(() -> validity("json_schema", "{\"type\": "))
        .hasMessageStartingWith("json_schema must be a JSON Schema (2020-12); found: ");
  }
}
