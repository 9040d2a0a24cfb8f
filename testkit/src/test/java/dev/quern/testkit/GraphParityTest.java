package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.Fitter;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator's graph computes is what its code computes, to the last bit. */
class GraphParityTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("a", Type.TEXT),
          Field.of("n", Type.LONG),
          Field.of("x", Type.DOUBLE),
          Field.of("b", Type.BOOL));

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "quality.parse_missing|{match: exact}",
        "quality.parse_missing|{match: exact, tokens: [a, 数据质量, '👩‍👩‍👧 family 😀']}",
        "quality.impute|{with: mode}",
        "quality.impute|{with: mean}",
        "quality.impute|{with: median}",
        "quality.impute|{with: constant, value: '', fields: [a]}",
        "quality.impute|{with: constant, value: 3, fields: [n, x]}",
        "quality.impute|{with: constant, value: true, fields: [b]}",
        "quality.standardize|{with: zscore, fields: [x]}",
        "quality.standardize|{with: minmax}",
        "quality.standardize|{with: robust}",
        "quality.rename|{fields: {a: x, x: a}}",
        "quality.select|{fields: [x, a]}",
        "quality.select|{drop: [n]}",
      })
  void graphAndHostAgree(String name, String parameters) throws OrtException {
    OperatorSpec spec =
        Registry.load(GraphParityTest.class.getClassLoader()).find(name).orElseThrow();
    for (long seed = 1; seed <= 5; seed++) {
      Batch batch = new Gen(seed).samples(0, SCHEMA, 60);
      Trial trial = Trial.of(spec, parameters, List.of(batch));
      Trial.Result host = trial.run();
      OnnxGraph graph = new OnnxGraph("parity");
      GraphFields fields = new GraphFields(graph);
      for (Field field : SCHEMA.fields()) {
        ElementType type = isText(field) ? ElementType.STRING : ElementType.DOUBLE;
        fields.set(field, graph.input(field.name(), type, 1));
      }
      if (trial.operator() instanceof Fitter<?> fitter) {
        assertThat(fitter.serving(SCHEMA, spec.serving())).isEqualTo(Serving.GRAPH);
        fitter.emit(fields, host.fit().orElseThrow());
      } else {
        Mapper mapper = (Mapper) trial.operator();
        assertThat(mapper.serving(SCHEMA, spec.serving())).isEqualTo(Serving.GRAPH);
        mapper.emit(fields);
      }
      assertThat(new ArrayList<>(fields.values().keySet())).isEqualTo(host.schema().names());
      fields.values().forEach((field, value) -> output(graph, field, value, categories(host)));
      assertThat(computed(graph, batch, host.schema())).isEqualTo(values(host));
    }
  }

  /** Texts leave as the number of their category, as models read them: in either encoding. */
  private static void output(
      OnnxGraph graph, String field, GraphFields.Value value, List<@Nullable String> categories) {
    String tensor =
        value.isText()
            ? graph.cast(
                OnnxText.categoryIndex(graph, value.tensor(), categories, -1), ElementType.DOUBLE)
            : value.tensor();
    graph.output(tensor, "out " + field, ElementType.DOUBLE, 1);
  }

  /** Missing and every text that came out. */
  private static List<@Nullable String> categories(Trial.Result host) {
    Set<@Nullable String> categories = new LinkedHashSet<>();
    categories.add(null);
    host.plain()
        .forEach(
            sample ->
                sample
                    .values()
                    .forEach(
                        value -> {
                          if (value instanceof String text) {
                            categories.add(text);
                          }
                        }));
    return new ArrayList<>(categories);
  }

  private static Map<String, List<Object>> values(Trial.Result host) {
    List<@Nullable String> categories = categories(host);
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (int f = 0; f < host.schema().size(); f++) {
      List<Object> all = new ArrayList<>();
      for (Batch batch : host.samples()) {
        for (int i = 0; i < batch.count(); i++) {
          Column column = batch.column(f);
          all.add(
              isText(host.schema().field(f))
                  ? (Object) (double) categories.indexOf(column.valueAt(batch.row(i)))
                  : encoded(column, batch.row(i)));
        }
      }
      values.put(host.schema().field(f).name(), all);
    }
    return values;
  }

  private static Map<String, List<Object>> computed(OnnxGraph graph, Batch batch, Schema schema)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, List<Object>> values = new LinkedHashMap<>();
    try (OrtSession session = environment.createSession(graph.toBytes())) {
      for (int f = 0; f < SCHEMA.size(); f++) {
        inputs.put(SCHEMA.field(f).name(), tensor(environment, batch.column(f)));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        for (Field field : schema.fields()) {
          Object found = result.get("out " + field.name()).orElseThrow().getValue();
          List<Object> all = new ArrayList<>();
          for (double[] number : (double[][]) found) {
            all.add(number[0] + 0.0);
          }
          values.put(field.name(), all);
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return values;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Column column) throws OrtException {
    int rows = column.size();
    if (column.type().equals(Type.TEXT)) {
      String[] texts = new String[rows];
      for (int row = 0; row < rows; row++) {
        texts[row] = (String) encoded(column, row);
      }
      return OnnxTensor.createTensor(environment, texts, new long[] {rows, 1});
    }
    double[][] numbers = new double[rows][1];
    for (int row = 0; row < rows; row++) {
      numbers[row][0] = (double) encoded(column, row);
    }
    return OnnxTensor.createTensor(environment, numbers);
  }

  /** As values reach a graph: texts encoded, numbers and bools as doubles, NaN for missing. */
  private static Object encoded(Column column, int row) {
    @Nullable Object value = column.valueAt(row);
    if (column.type().equals(Type.TEXT)) {
      return OnnxText.encode((String) value);
    }
    if (value == null) {
      return Double.NaN;
    }
    return value instanceof Boolean truth ? (truth ? 1.0 : 0.0) : column.doubleAt(row) + 0.0;
  }

  private static boolean isText(Field field) {
    return field.type().equals(Type.TEXT);
  }
}
