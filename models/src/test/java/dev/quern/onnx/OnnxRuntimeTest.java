package dev.quern.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the writer writes is what ONNX Runtime reads. */
class OnnxRuntimeTest {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Test
  void everyKindOfTextFindsItsCategory() throws OrtException {
    List<String> categories =
        Arrays.asList("Private", "中文", "\uD83D\uDE00", "a\0b", null, "", "é", "?", "\uD83D");
    OnnxGraph graph = new OnnxGraph("categories");
    String index =
        OnnxText.categoryIndex(graph, graph.input("t", ElementType.STRING, 1), categories, -1);
    graph.output(index, "category", ElementType.INT64, 1);
    String[] texts = new String[categories.size() + 2];
    for (int i = 0; i < categories.size(); i++) {
      texts[i] = OnnxText.encode(categories.get(i));
    }
    texts[categories.size()] = "private";
    texts[categories.size() + 1] = "\uD83D\uDE01";
    try (OrtSession session = environment.createSession(graph.toBytes());
        ai.onnxruntime.OnnxTensor input =
            ai.onnxruntime.OnnxTensor.createTensor(
                environment, texts, new long[] {texts.length, 1});
        OrtSession.Result result = session.run(Map.of("t", input))) {
      long[][] found = (long[][]) result.get(0).getValue();
      assertThat(Arrays.stream(found).mapToLong(row -> row[0]).toArray())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1);
    }
  }

  @Test
  void metadataDocAndShapesAreRead() throws OrtException {
    OnnxGraph graph = new OnnxGraph("house");
    graph.doc("What a house costs.");
    graph.metadata("quern.model", "prices@3");
    graph.metadata("单位", "米");
    String x = graph.input("面积", ElementType.DOUBLE, List.of(new Dim.Named("L")));
    graph.output(x, "y", ElementType.DOUBLE, List.of(new Dim.Named("L")));
    try (OrtSession session = environment.createSession(graph.toBytes())) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("quern.model", "prices@3")
          .containsEntry("单位", "米");
      assertThat(session.getMetadata().getDescription()).isEqualTo("What a house costs.");
      assertThat(session.getMetadata().getGraphName()).isEqualTo("house");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("quern");
      ai.onnxruntime.TensorInfo info =
          (ai.onnxruntime.TensorInfo) session.getInputInfo().get("面积").getInfo();
      assertThat(info.type).isEqualTo(OnnxJavaType.DOUBLE);
      assertThat(info.getDimensionNames()).containsExactly("N", "L");
      assertThat(info.getShape()).containsExactly(-1, -1);
    }
  }

  @Test
  void everyKindOfAttributeAndConstantIsRead() throws OrtException {
    OnnxGraph graph = new OnnxGraph("kinds");
    String x = graph.input("x", ElementType.FLOAT, 2);
    String leaky = graph.node("LeakyRelu", List.of(x), Attribute.of("alpha", 0.5f));
    String imputed =
        graph.node(
            Domain.ML,
            "Imputer",
            List.of(leaky),
            Attribute.floats("imputed_value_floats", 7f, 8f),
            Attribute.of("replaced_value_float", Float.NaN));
    String turned = graph.node("Transpose", List.of(imputed), Attribute.ints("perm", 1, 0));
    String back = graph.node("Transpose", List.of(turned), Attribute.ints("perm", 1, 0));
    String shift =
        graph.node(
            "Constant", List.of(), Attribute.of("value", OnnxTensor.of(new double[] {1, 2}, 2)));
    String sum =
        graph.node(
            "Add",
            List.of(
                graph.cast(back, ElementType.DOUBLE),
                graph.node("Add", List.of(shift, graph.constant("c", new double[] {10}, 1)))));
    String whole = graph.cast(sum, ElementType.INT64);
    String words =
        graph.node(
            Domain.ML,
            "LabelEncoder",
            List.of(whole),
            Attribute.ints("keys_int64s", 11, 20),
            Attribute.strings("values_strings", List.of("eleven", "二十")),
            Attribute.of("default_string", "other"));
    String chosen =
        graph.node(
            "Where",
            List.of(
                graph.constant("mask", OnnxTensor.of(new boolean[] {true, false}, 2)),
                words,
                graph.constant("w", List.of("常", "常"), 2)));
    graph.output(chosen, "y", ElementType.STRING, 2);
    try (OrtSession session = environment.createSession(graph.toBytes());
        ai.onnxruntime.OnnxTensor input =
            ai.onnxruntime.OnnxTensor.createTensor(
                environment, new float[][] {{0, Float.NaN}, {-4, 1}});
        OrtSession.Result result = session.run(Map.of("x", input))) {
      String[][] found = (String[][]) result.get(0).getValue();
      assertThat(found[0]).containsExactly("eleven", "常");
      assertThat(found[1]).containsExactly("other", "常");
    }
  }
}
