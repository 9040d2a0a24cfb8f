package dev.quern.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("age", Type.LONG),
          Field.of("height", Type.DOUBLE),
          Field.of("score", Type.FLOAT),
          Field.of("price", Type.decimal(10, 2)),
          Field.of("country", Type.TEXT),
          Field.of("member", Type.BOOL),
          Field.of("born", Type.DATE),
          Field.of("seen", Type.TIMESTAMP),
          Field.of("tags", Type.list(Type.TEXT)),
          Field.of("home", Type.struct(Schema.of(Field.of("city", Type.TEXT)))),
          Field.of("城市", Type.TEXT),
          Field.of("zip code", Type.TEXT),
          Field.of("raw", Type.BYTES),
          Field.of("none", Type.TEXT));

  private static Batch batch() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    Object[] values = {
      30L,
      1.75,
      0.5f,
      new BigDecimal("12.50"),
      "CN",
      true,
      LocalDate.of(2000, 2, 29),
      Instant.parse("2024-03-01T13:14:15Z"),
      Arrays.asList("a", null, "b"),
      Map.of("city", "Bern"),
      "北京 city",
      "8001",
      new byte[] {1, 2, 3},
      null
    };
    for (int i = 0; i < values.length; i++) {
      builder.column(i).appendValue(values[i]);
    }
    builder.keys().append(0, 1, 0, 0, 0, (byte) 0);
    return builder.build();
  }

  private static Object value(String text) {
    Column column = Expression.parse(text).bind(SCHEMA).evaluate(batch());
    assertThat(column.size()).isEqualTo(1);
    return column.valueAt(0);
  }

  private static Type type(String text) {
    return Expression.parse(text).bind(SCHEMA).type();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "TRUE|TRUE|true|true", "TRUE|FALSE|false|true", "TRUE|NULL|-|true",
        "FALSE|TRUE|false|true", "FALSE|FALSE|false|false", "FALSE|NULL|false|-",
        "NULL|TRUE|-|true", "NULL|FALSE|false|-", "NULL|NULL|-|-"
      })
  void logicHasThreeValues(String a, String b, Boolean and, Boolean or) {
    assertThat(value(a + " AND " + b)).isEqualTo(and);
    assertThat(value(a + " OR " + b)).isEqualTo(or);
    // The same without folding of constants.
    String x = a.equals("NULL") ? "none = 'x'" : a.equals("TRUE") ? "member" : "NOT member";
    String y = b.equals("NULL") ? "none = 'x'" : b.equals("TRUE") ? "member" : "NOT member";
    assertThat(value("(" + x + ") AND (" + y + ")")).isEqualTo(and);
    assertThat(value("(" + x + ") OR (" + y + ")")).isEqualTo(or);
  }

  @Test
  void notOfNullIsNull() {
    assertThat(value("NOT (none = 'x')")).isNull();
    assertThat(value("none <> 'x'")).isNull();
    assertThat(value("none NOT IN ('x', 'y')")).isNull();
    assertThat(value("none IS NULL")).isEqualTo(true);
    assertThat(value("none IS NOT NULL")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3|7",
        "(1 + 2) * 3|9",
        "10 - 3 - 2|5",
        "- 2 * 3|-6",
        "7 % 4 + 1|4",
        "-7 % 4|-3",
        "2 - -3|5",
        "- (2)|-2",
        "- - 2|2",
        "+1|?"
      })
  void operatorsBindAsInSql(String text, String expected) {
    if (expected.equals("?")) {
      assertThatThrownBy(() -> Expression.parse(text)).isInstanceOf(ExpressionException.class);
    } else {
      assertThat(value(text)).isEqualTo(Long.valueOf(expected));
    }
  }

  @Test
  void andBindsTighterThanOrAndNotTighterThanAnd() {
    assertThat(value("TRUE OR FALSE AND FALSE")).isEqualTo(true);
    assertThat(value("(TRUE OR FALSE) AND FALSE")).isEqualTo(false);
    assertThat(value("NOT FALSE AND FALSE")).isEqualTo(false);
    assertThat(value("NOT age = 31 AND country = 'CN'")).isEqualTo(true);
    assertThat(value("age BETWEEN 20 AND 40 AND member")).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age >= 18 AND country = 'CN'",
        "age == 30",
        "age <> 31",
        "age != 31",
        "18 < age",
        "height > 1.7",
        "height > 1",
        "price = 12.5",
        "price = 12.50",
        "price > 12",
        "score = 0.5",
        "country IN ('US', 'CN')",
        "age IN (1, 2, 30)",
        "height IN (1, 1.75)",
        "price IN (12.5)",
        "country NOT IN ('US')",
        "age IN (29 + 1, score * 60)",
        "country LIKE 'C%'",
        "country LIKE '_N'",
        "城市 LIKE '_京%'",
        "城市 NOT LIKE '京%'",
        "'50%' LIKE '50!%' ESCAPE '!'",
        "born = DATE '2000-02-29'",
        "born = '2000-02-29'",
        "born < seen",
        "seen > '2024-03-01'",
        "seen BETWEEN '2024-03-01' AND '2024-03-02T00:00:00+08:00'",
        "\"zip code\" = '8001'",
        "`zip code` = '8001'",
        "home.city = 'Bern'",
        "country || '-' || home.city = 'CN-Bern'",
        "'it''s' = 'it' || '''' || 's'",
        "CASE WHEN age > 40 THEN 'old' ELSE 'young' END = 'young'",
        "CASE country WHEN 'US' THEN 1 WHEN 'CN' THEN 2 END = 2",
        "member",
        "member = TRUE",
        "CASE WHEN age > 40 THEN 1 END IS NULL",
        "age IS NOT NULL",
        "none IS NULL",
        "list_contains(tags, 'b')",
        "NOT list_contains(tags, 'z')",
        "country < 'D'",
        "age <= 30.0",
        "CAST('12' AS long) = 12",
        "age BETWEEN 30 AND 30",
        "age NOT BETWEEN 31 AND 99"
      })
  void holds(String text) {
    assertThat(value(text)).isEqualTo(true);
  }

  @Test
  void whatHasNoValueIsMissing() {
    assertThat(value("age / 0")).isNull();
    assertThat(value("age % 0")).isNull();
    assertThat(value("height / 0.0")).isNull();
    assertThat(value("9223372036854775807 + 1")).isNull();
    assertThat(value("-9223372036854775808 - 1")).isNull();
    assertThat(value("9223372036854775807 * age")).isNull();
    assertThat(value("1e308 * 10")).isNull();
    assertThat(value("CAST('x' AS long)")).isNull();
    assertThat(value("CAST(1e19 AS long)")).isNull();
    assertThat(value("CAST('NaN' AS double)")).isNull();
    assertThat(value("CAST(1234.5 AS decimal(4,1))")).isNull() /* five digits */;
    assertThat(value("sqrt(-1)")).isNull();
    assertThat(value("ln(0)")).isNull();
    assertThat(value("abs(-9223372036854775808)")).isNull();
    assertThat(value("-9223372036854775808 % -1")).isEqualTo(0L);
  }

  @Test
  void numbersWiden() {
    assertThat(type("age + 1")).isEqualTo(Type.LONG);
    assertThat(type("age / 2")).isEqualTo(Type.DOUBLE);
    assertThat(value("age / 4")).isEqualTo(7.5);
    assertThat(type("age + height")).isEqualTo(Type.DOUBLE);
    assertThat(type("score")).isEqualTo(Type.FLOAT);
    assertThat(type("score + score")).isEqualTo(Type.DOUBLE);
    assertThat(type("price + age")).isEqualTo(Type.decimal(22, 2));
    assertThat(value("price + age")).isEqualTo(new BigDecimal("42.50"));
    assertThat(value("price * 0.1")).isEqualTo(new BigDecimal("1.250"));
    assertThat(value("price - 0.005")).isEqualTo(new BigDecimal("12.495"));
    assertThat(type("price + height")).isEqualTo(Type.DOUBLE);
    assertThat(type("coalesce(none, 'x')")).isEqualTo(Type.TEXT);
    assertThat(type("coalesce(age, 0.5)")).isEqualTo(Type.DOUBLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "CAST(age AS text)|30",
        "CAST(height AS text)|1.75",
        "CAST(price AS text)|12.50",
        "CAST(member AS text)|true",
        "CAST(born AS text)|2000-02-29",
        "CAST(seen AS text)|2024-03-01T13:14:15Z",
        "CAST(CAST(-1.9 AS long) AS text)|-1",
        "CAST(CAST(seen AS date) AS text)|2024-03-01",
        "CAST(CAST(DATE '1969-12-31' AS timestamp) AS text)|1969-12-31T00:00:00Z",
        "CAST(CAST(' 1e3 ' AS double) AS text)|1000.0",
        "CAST(CAST('0.10' AS decimal(3,2)) AS text)|0.10",
        "CAST(CAST(0.1 AS decimal(3,1)) AS text)|0.1",
        "CAST(CAST('True' AS bool) AS text)|true",
        "CAST(CAST('yes' AS bool) AS text)|-",
        "CAST(CAST('2024-02-30' AS date) AS text)|-",
        "CAST(CAST('2024-02-28 10:00:00' AS timestamp) AS text)|2024-02-28T10:00:00Z",
        "CAST(CAST(2 AS bool) AS text)|-",
      })
  void castsAreExactOrMissing(String text, String expected) {
    assertThat(value(text)).isEqualTo(expected);
  }

  @Test
  void textFunctionsCountCharacters() {
    assertThat(value("lower('ÀB')")).isEqualTo("àb");
    assertThat(value("upper('straße')")).isEqualTo("STRASSE");
    assertThat(value("upper(lower(country))")).isEqualTo("CN");
    assertThat(value("trim(' \u3000a b ')")).isEqualTo("a b");
    assertThat(value("length(城市)")).isEqualTo(7L);
    assertThat(value("length('😀')")).isEqualTo(1L);
    assertThat(value("byte_length(城市)")).isEqualTo(11L);
    assertThat(value("byte_length(raw)")).isEqualTo(3L);
    assertThat(value("substring(城市, 2)")).isEqualTo("京 city");
    assertThat(value("substring(城市, 1, 2)")).isEqualTo("北京");
    assertThat(value("substring('abc', 0, 2)")).isEqualTo("a");
    assertThat(value("substring('abc', 3, 9223372036854775807)")).isEqualTo("c");
    assertThat(value("substring('abc', 9)")).isEqualTo("");
    assertThat(value("substring('abc', 1, -1)")).isNull();
    assertThat(value("replace('a.b.c', '.', '点')")).isEqualTo("a点b点c");
    assertThat(value("replace('abc', '', 'x')")).isEqualTo("abc");
    assertThat(value("contains(城市, '京 c')")).isEqualTo(true);
    assertThat(value("contains('ab', '')")).isEqualTo(true);
    assertThat(value("starts_with(country, 'CNN')")).isEqualTo(false);
    assertThat(value("ends_with(country, 'N')")).isEqualTo(true);
    assertThat(value("concat(country, none, age, TRUE)")).isEqualTo("CN30true");
    assertThat(value("country || none")).isNull();
    assertThat(value("regexp_like(country, '^[A-Z]{2}$')")).isEqualTo(true);
    assertThat(value("words('Hello, don''t 你好 x2!')")).isEqualTo(5L);
    assertThat(value("char_count_han(城市)")).isEqualTo(2L);
    assertThat(value("lower(none)")).isNull();
    assertThat(value("words(none)")).isNull();
  }

  @Test
  void functionsOfMissingValues() {
    assertThat(value("coalesce(none, country)")).isEqualTo("CN");
    assertThat(value("coalesce(none, NULL)")).isNull();
    assertThat(value("nullif(age, 30)")).isNull();
    assertThat(value("nullif(age, 31)")).isEqualTo(30L);
    assertThat(value("nullif(country, none)")).isEqualTo("CN");
    assertThat(value("if(none = 'x', 1, 2)")).isEqualTo(2L);
    assertThat(value("is_missing(none)")).isEqualTo(true);
    assertThat(value("is_missing(' \u3000')")).isEqualTo(true);
    assertThat(value("is_missing(country)")).isEqualTo(false);
    assertThat(value("is_missing(tags)")).isEqualTo(false);
    assertThat(value("is_missing(age)")).isEqualTo(false);
  }

  @Test
  void numberFunctions() {
    assertThat(value("abs(-3)")).isEqualTo(3L);
    assertThat(value("abs(-1.5)")).isEqualTo(1.5);
    assertThat(value("round(2.5)")).isEqualTo(3.0);
    assertThat(value("round(-2.5)")).isEqualTo(-3.0);
    assertThat(value("round(0.49999999999999994)")).isEqualTo(0.0);
    assertThat(value("round(1.005, 2)")).isEqualTo(1.01);
    assertThat(value("round(height, 1)")).isEqualTo(1.8);
    assertThat(value("round(price)")).isEqualTo(new BigDecimal("13.00"));
    assertThat(value("round(age, 3)")).isEqualTo(30L);
    assertThat(value("floor(-1.5)")).isEqualTo(-2.0);
    assertThat(value("ceil(-1.5)")).isEqualTo(-1.0);
    assertThat(value("floor(age)")).isEqualTo(30L);
    assertThat(value("sqrt(age + 6)")).isEqualTo(6.0);
    assertThat(value("ln(exp(1))")).isEqualTo(1.0);
    assertThat(value("pow(2, 10)")).isEqualTo(1024.0);
    assertThat(value("pow(0, -1)")).isNull();
    assertThat(value("greatest(age, 31, NULL)")).isEqualTo(31L);
    assertThat(value("least(age, 31.5)")).isEqualTo(30.0);
    assertThat(value("greatest(none, country)")).isEqualTo("CN");
    assertThat(value("least(none, none)")).isNull();
  }

  @Test
  void timeFunctionsAreInUtc() {
    assertThat(value("year(born)")).isEqualTo(2000L);
    assertThat(value("month(seen)")).isEqualTo(3L);
    assertThat(value("day(born)")).isEqualTo(29L);
    assertThat(value("weekday(DATE '2024-03-04')")).isEqualTo(1L);
    assertThat(value("hour(seen)")).isEqualTo(13L);
    assertThat(value("hour(TIMESTAMP '1969-12-31T23:00:00Z')")).isEqualTo(23L);
    assertThat(value("date_add_days(born, 1)")).isEqualTo(LocalDate.of(2000, 3, 1));
    assertThat(value("date_diff_days(seen, '2024-02-28')")).isEqualTo(2L);
    assertThat(value("date_diff_days(born, born)")).isEqualTo(0L);
  }

  @Test
  void listFunctions() {
    assertThat(value("list_length(tags)")).isEqualTo(3L);
    assertThat(value("element(tags, 1)")).isEqualTo("a");
    assertThat(value("element(tags, 2)")).isNull();
    assertThat(value("element(tags, 4)")).isNull();
    assertThat(value("list_contains(tags, none)")).isNull();
    assertThat(value("hash(age, country)")).isEqualTo(value("hash(30, 'CN')"));
    assertThat(value("hash(age)")).isNotEqualTo(value("hash(country)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "ags > 1¦1¦name must be a field; found: ags; did you mean 'age'?",
        "AGE > 1¦1¦name must be a field; found: AGE; did you mean 'age'?",
        "城市 = 1¦4¦sides of = must be of one type; found: text and long; CAST one of them",
        "'中文' = 城市 AND agee = 3¦15¦name must be a field; found: agee; did you mean 'age'?",
        "age >¦6¦value must be a field, a number, a 'text', a function or (; found: the end",
        "age > 1 b¦9¦expression must end here or go on with an operator; found: b",
        "1 < age < 3¦9¦comparison must have two sides; found: <; write a < b AND b < c",
        "age && member¦5¦character must begin a name, a number, a text or an operator; found: &;"
            + " did you mean AND?",
        "age || country¦5¦sides of || must be texts; found: long; CAST(… AS text)",
        "member || member¦8¦sides of || must be texts; found: bool; did you mean OR?",
        "lenght(country)¦1¦name before ( must be a function; found: lenght; did you mean 'length'?",
        "length(country, 1)¦1¦call must be length(text) → long; found: 2 arguments",
        "length(age)¦8¦argument 1 of length must be text; found: long",
        "age = NULL¦7¦sides of = must be values; found: NULL; write IS NULL or IS NOT NULL",
        "age IN (1, NULL)¦12¦sides of IN must be values; found: NULL",
        "age + country¦5¦side of + must be a number; found: text",
        "home.citty = 'x'¦5¦part must be one of city; found: citty; did you mean 'city'?",
        "country.x¦8¦value before the point must be a struct; found: text",
        "country = 'x¦11¦quote must be closed by '; found: the end",
        "born = '2024-02-30'¦6¦text must be a date like '2024-02-29'; found: '2024-02-30'",
        "CAST(age AS lng)¦13¦type of CAST must be text, long",
        "CAST(tags AS text)¦1¦value of CAST must be convertible to text; found: list<text>",
        "member < member¦8¦sides of < must have an order; found: bool",
        "age AND member¦1¦side of AND must be true or false; found: long",
        "coalesce(NULL)¦1¦arguments of coalesce must have a type; found: NULL",
        "NULL¦1¦expression must have a type; found: NULL",
        "99999999999999999999¦1¦whole number must be in [-2^63, 2^63 - 1]",
        "regexp_like(country, '(')¦22¦pattern of regexp_like must be a regular expression",
        "round(height, age)¦15¦decimals of round must be a whole number in [0, 15]; found: age",
        "1x = 2¦2¦number must end before a name begins; found: 1x",
        "country LIKE 'a!' ESCAPE '!'¦14¦escape character of LIKE must be followed",
        "age （1）¦5¦character must begin a name, a number, a text or an operator; found: （;"
            + " did you mean '('?"
      })
  void mistakesAreNamedWithTheirPlace(String text, int column, String message) {
    assertThatThrownBy(() -> Expression.parse(text).bind(SCHEMA))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith("column " + column + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "age>=18 and country=='CN'|age >= 18 AND country = 'CN'",
        "not (a or b)|NOT (a OR b)",
        "(a and b) or c|a AND b OR c",
        "a - (b - c)|a - (b - c)",
        "(a - b) - c|a - b - c",
        "a not in (1,2)|NOT a IN (1, 2)",
        "`zip code` is not null|NOT \"zip code\" IS NULL",
        "LENGTH( a )|length(a)",
        "(a = b) = c|(a = b) = c",
        "-(5)|-(5)",
        "- a|- a",
        "\"select\".b|select.b",
        "\"case\"|\"case\"",
        "cast(a as INT)|CAST(a AS long)",
        "case when a then 1 else 2 end|CASE WHEN a THEN 1 ELSE 2 END",
        "date '2024-01-01' < date|DATE '2024-01-01' < date"
      })
  void thereIsOneWayToWriteAnExpression(String text, String canonical) {
    Expression expression = Expression.parse(text);
    assertThat(expression.canonical()).isEqualTo(canonical);
    assertThat(Expression.parse(canonical).canonical()).isEqualTo(canonical);
  }

  @Test
  void knowsItsFields() {
    Expression expression = Expression.parse("home.city = country OR length(country) > age");
    assertThat(expression.fields()).containsExactly("home", "country", "age");
    assertThat(expression.bind(SCHEMA).fields()).containsExactly("home", "country", "age");
  }

  @Test
  void everyFunctionIsDocumentedInBothLanguages() {
    List<ExpressionFunction> all = ExpressionFunction.all();
    assertThat(all).hasSizeGreaterThan(30);
    for (ExpressionFunction function : all) {
      assertThat(function.signature()).matches("[a-z_]+\\(.+\\) → .+");
      assertThat(function.english()).endsWith(".");
      assertThat(function.chinese()).endsWith("。");
    }
  }

  @Test
  void aDoubleThatIsNaNIsMissing() {
    Schema schema = Schema.of(Field.of("x", Type.DOUBLE));
    BatchBuilder builder = new BatchBuilder(schema);
    for (double x : new double[] {1, Double.NaN, -0.0, Double.POSITIVE_INFINITY}) {
      builder.column(0).appendDouble(x);
      builder.keys().append(0, builder.count(), 0, 0, 0, (byte) 0);
    }
    Batch batch = builder.build();
    assertThat(values("x IS NULL", schema, batch)).containsExactly(false, true, false, false);
    assertThat(values("x = 0", schema, batch)).containsExactly(false, null, true, false);
    assertThat(values("x IN (0, 1)", schema, batch)).containsExactly(true, null, true, false);
    assertThat(values("x > 0", schema, batch)).containsExactly(true, null, false, true);
    assertThat(values("x + 1", schema, batch)).containsExactly(2.0, null, 1.0, null);
    assertThat(values("coalesce(x, 7)", schema, batch))
        .containsExactly(1.0, 7.0, -0.0, Double.POSITIVE_INFINITY);
  }

  private static List<Object> values(String text, Schema schema, Batch batch) {
    Column column = Expression.parse(text).bind(schema).evaluate(batch);
    Object[] values = new Object[batch.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = column.valueAt(row);
    }
    return Arrays.asList(values);
  }
}
