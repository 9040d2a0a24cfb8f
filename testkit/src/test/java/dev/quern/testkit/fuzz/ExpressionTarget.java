package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.check.CheckReader;
import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Expressions: parser, binder and evaluation; checks and types, which are written alike. */
final class ExpressionTarget implements FuzzTarget {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("age", Type.LONG),
          Field.of("a", Type.DOUBLE),
          Field.of("name", Type.TEXT),
          Field.of("b", Type.BOOL),
          Field.of("d", Type.DATE),
          Field.of("t", Type.TIMESTAMP),
          Field.of("n", Type.decimal(9, 2)),
          Field.of("l", Type.list(Type.TEXT)),
          Field.of("s", Type.parse("struct<k: text, n: long>")));

  private final Registry registry;
  private final Batch batch = new Gen(3).samples(0, SCHEMA, 24);

  ExpressionTarget(Registry registry) {
    this.registry = registry;
  }

  @Override
  public List<byte[]> corpus() {
    return TextFiles.bytes(
        "age >= 17 AND name IS NOT NULL",
        "NOT (a * -2.5 + age / 3 - 1 > 0 OR b)",
        "name LIKE '%a_b%' ESCAPE '!' OR name IN ('x', 'y', NULL)",
        "CASE WHEN age BETWEEN 1 AND 5 THEN 'low' WHEN b THEN name ELSE upper(name) END",
        "CAST(name AS decimal(9,2)) = n AND CAST(t AS date) = DATE '2024-02-29'",
        "coalesce(length(name), 0) % 7 || 'x'",
        "s.k = 'v' AND s.n < 3",
        "TIMESTAMP '2024-01-01T00:00:00Z' < t",
        "substring(trim(name), 1, 3) || lower(name)",
        "abs(a) + round(a, 2) + sqrt(a) + ln(a)",
        "year(d) = 2024 AND contains(name, 'x')",
        "completeness(age) >= 0.95 where b",
        "quantile(a, 0.5) between 20 and 60",
        "struct<a: long, b: list<decimal(38,2)>>",
        "list<list<text>>");
  }

  @Override
  public List<byte[]> words() {
    return TextFiles.bytes(
        "age",
        "a",
        "name",
        "b",
        "d",
        "t",
        "n",
        "l",
        "s",
        "s.k",
        "AND ",
        "OR ",
        "NOT ",
        "(",
        ")",
        ",",
        "'x'",
        "'",
        "\"",
        "`",
        "=",
        "<>",
        "<=",
        "||",
        "+",
        "-",
        "*",
        "/",
        "%",
        ".",
        "CASE ",
        "WHEN ",
        "THEN ",
        "ELSE ",
        "END ",
        "CAST(",
        " AS ",
        "text",
        "long",
        "decimal(4,2)",
        "date",
        " IN (",
        " LIKE '",
        " BETWEEN ",
        " IS NULL",
        "NULL",
        "TRUE",
        "DATE '",
        "coalesce(",
        "length(",
        "concat(",
        "replace(",
        "regexp_matches(",
        "substring(",
        "split(",
        "if(",
        "min(",
        "greatest(",
        "where ",
        "\0",
        "中",
        "\ud83d\ude00",
        "--",
        "/*",
        ";",
        "list<",
        "struct<",
        ">");
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) {
    String text = new String(input, StandardCharsets.UTF_8);
    expression(text);
    List<Params.Problem> problems = new ArrayList<>();
    CheckReader.read(text, registry, problems);
    try {
      Type type = Type.parse(text);
      assertThat(type.depth()).isLessThanOrEqualTo(Type.MAX_DEPTH);
      assertThat(Type.parse(type.toString())).isEqualTo(type);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(" must ");
    }
  }

  private void expression(String text) {
    Expression expression;
    BoundExpression bound;
    try {
      expression = Expression.parse(text);
      String canonical = expression.canonical();
      assertThat(Expression.parse(canonical).canonical()).isEqualTo(canonical);
      bound = expression.bind(SCHEMA);
    } catch (ExpressionException e) {
      assertThat(e.position()).isBetween(1, text.length() + 1);
      assertThat(e.problem()).contains(" must ", "; found: ");
      return;
    }
    Column whole = bound.evaluate(batch);
    BoundExpression again = Expression.parse(expression.canonical()).bind(SCHEMA);
    assertThat(again.type()).isEqualTo(bound.type());
    for (int row = 0; row < batch.rows(); row++) {
      // One row alone has the value it has among others.
      Batch alone = batch.select(new int[] {row}, 1).compact();
      assertThat(String.valueOf(again.evaluate(alone).valueAt(0)))
          .as("row %s", row)
          .isEqualTo(String.valueOf(whole.valueAt(row)));
    }
  }
}
