package dev.quern.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime computes an emitted expression as evaluation by column does. */
class ExpressionGraphTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("l", Type.LONG),
          Field.of("m", Type.LONG),
          Field.of("d", Type.DOUBLE),
          Field.of("t", Type.TEXT),
          Field.of("b", Type.BOOL),
          Field.of("day", Type.DATE));

  private static final Object[][] ROWS = {
    {1L, 2L, 0.5, "CN", true, null},
    {0L, -3L, -2.5, "", false, null},
    {null, 4L, null, null, null, null},
    {7L, null, 1e308, "中文😀", true, null},
    {-8L, 0L, Double.NaN, "b", false, null},
    {1L << 40, 3L, 3.75, "it's", null, null}
  };

  private static Batch batch() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (Object[] row : ROWS) {
      for (int i = 0; i < row.length; i++) {
        builder.column(i).appendValue(row[i]);
      }
      builder.keys().append(0, builder.count(), 0, 0, 0, (byte) 0);
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l",
        "d",
        "b",
        "t",
        "l + m",
        "l - d",
        "l * m",
        "l / m",
        "l % m",
        "d % 2",
        "- l",
        "d * 10",
        "1e308 * 10 + d",
        "l >= 1",
        "l < d",
        "l = m",
        "l <> m",
        "l <= m",
        "d > 0.5",
        "b = TRUE",
        "b AND l > 0",
        "b OR l > 0",
        "NOT b",
        "NOT (l > 0)",
        "b AND d > 0 AND l > 0",
        "l IS NULL",
        "d IS NOT NULL",
        "t IS NULL",
        "b IS NULL",
        "t = 'CN'",
        "t <> 'CN'",
        "t = ''",
        "t IN ('中文😀', 'b', '')",
        "t NOT IN ('CN')",
        "l IN (1, 7)",
        "l IN (m, 0)",
        "l BETWEEN -1 AND m",
        "d NOT BETWEEN 0 AND 1",
        "CASE WHEN l > 0 THEN d WHEN b THEN 1 ELSE -1 END",
        "CASE WHEN b THEN 1 END",
        "CASE t WHEN 'CN' THEN '中' WHEN '' THEN '' ELSE t END",
        "CASE l WHEN 1 THEN TRUE END",
        "coalesce(l, m, 0)",
        "coalesce(t, 'none')",
        "coalesce(b, FALSE)",
        "coalesce(d, l) + 1",
        "nullif(l, 1)",
        "nullif(t, 'CN')",
        "if(b, l, m)",
        "abs(l)",
        "abs(d)",
        "round(d)",
        "floor(d)",
        "ceil(d)",
        "round(-d)",
        "sqrt(d)",
        "ln(l)",
        "exp(d)",
        "exp(l)",
        "pow(l, m)",
        "pow(d, 0)",
        "greatest(l, m)",
        "least(d, m, 0.25)",
        "CAST(d AS long)",
        "CAST(b AS long) + 1",
        "CAST(l AS double)",
        "is_missing(d)",
        "l = 7 OR t = 'b'",
        "(l > 1) = b",
        "NULL OR b",
        "9007199254740992 + l * 0"
      })
  void theGraphGivesTheSameValues(String text) throws Exception {
    BoundExpression bound = Expression.parse(text).bind(SCHEMA);
    assertThat(bound.emittable()).isTrue();
    boolean isText = bound.type().equals(Type.TEXT);
    OnnxGraph graph = new OnnxGraph("expression");
    for (String name : bound.fields()) {
      graph.input(name, type(name), 1);
    }
    String value = bound.emit(graph, name -> name);
    graph.output(value, "out", isText ? ElementType.STRING : ElementType.DOUBLE, 1);
    Column expected = bound.evaluate(batch());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (String name : bound.fields()) {
      inputs.put(name, tensor(environment, name));
    }
    try (OrtSession session = environment.createSession(graph.toBytes());
        OrtSession.Result result = session.run(inputs)) {
      Object found = result.get(0).getValue();
      for (int row = 0; row < ROWS.length; row++) {
        if (isText) {
          String encoded = ((String[][]) found)[row][0];
          assertThat(encoded)
              .as("row %d", row)
              .isEqualTo(OnnxText.encode((String) expected.valueAt(row)));
        } else {
          double number = ((double[][]) found)[row][0];
          double wanted = number(expected, row);
          assertThat(number)
              .as("row %d", row)
              .satisfies(
                  n ->
                      assertThat(
                              Double.compare(n, wanted) == 0
                                  || Math.abs(n - wanted) <= 1e-14 * Math.abs(wanted))
                          .as("%s must be %s", n, wanted)
                          .isTrue());
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static double number(Column column, int row) {
    if (column.isNull(row)) {
      return Double.NaN;
    }
    return column.type().equals(Type.BOOL) ? (column.boolAt(row) ? 1 : 0) : column.doubleAt(row);
  }

  private static ElementType type(String name) {
    return name.equals("t") ? ElementType.STRING : ElementType.DOUBLE;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, String name) throws Exception {
    Column column = batch().column(SCHEMA.indexOf(name));
    long[] shape = {ROWS.length, 1};
    if (type(name) == ElementType.STRING) {
      String[] texts = new String[ROWS.length];
      for (int row = 0; row < texts.length; row++) {
        texts[row] = OnnxText.encode((String) column.valueAt(row));
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    double[] numbers = new double[ROWS.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = number(column, row);
    }
    return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), shape);
  }

  @Test
  void whatAGraphCannotComputeIsNotEmittable() {
    for (String text :
        new String[] {
          "lower(t)", "t LIKE 'C%'", "t < 'D'", "t || 'x'", "day = DATE '2024-01-01'", "1 + 1",
          "length(t) + l", "CAST(l AS text)", "CAST(d AS float)", "hash(l)", "year(day)",
              "coalesce(t, '😀')"
        }) {
      BoundExpression bound = Expression.parse(text).bind(SCHEMA);
      assertThat(bound.emittable()).as(text).isFalse();
      assertThatThrownBy(() -> bound.emit(new OnnxGraph("none"), name -> name))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expression must be emittable to be added to a graph");
    }
  }
}
