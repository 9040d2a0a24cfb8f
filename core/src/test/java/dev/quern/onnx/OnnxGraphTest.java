package dev.quern.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {

  @Test
  void writesTheSmallestModelByteForByte() {
    OnnxGraph graph = new OnnxGraph("g");
    graph.output(graph.input("x", ElementType.FLOAT, 2), "y", ElementType.FLOAT, 2);
    // Written out by hand from the field numbers of onnx.proto.
    String identity = "0a0178" + "120179" + "1a0179" + "22084964656e74697479";
    String shape = "1209" + "0a03" + "12014e" + "0a02" + "0802";
    String type = "120f" + "0a0d" + "0801" + shape;
    String x = "0a0178" + type;
    String y = "0a0179" + type;
    String body = message("0a", identity) + "120167" + message("5a", x) + message("62", y);
    String expected =
        "0808"
            + "1205717565726e"
            + message("3a", body)
            + message("42", "0a00" + "1011")
            + message("42", "0a0a61692e6f6e6e782e6d6c" + "1003");
    assertThat(HexFormat.of().formatHex(graph.toBytes())).isEqualTo(expected);
  }

  private static String message(String key, String hex) {
    return key + HexFormat.of().toHexDigits((byte) (hex.length() / 2)) + hex;
  }

  @Test
  void theSameCallsMakeTheSameBytes() {
    assertThat(large().toBytes()).isEqualTo(large().toBytes());
    OnnxGraph once = large();
    assertThat(once.toBytes()).isEqualTo(once.toBytes());
  }

  private static OnnxGraph large() {
    OnnxGraph graph = new OnnxGraph("large");
    graph.doc("a graph");
    String text = graph.input("text", ElementType.STRING, 1);
    String index = OnnxText.categoryIndex(graph, text, List.of("a", "b", "\uD83D\uDE00"), -1);
    List<String> parts =
        graph.nodes(Domain.STANDARD, "Split", List.of(index), 2, Attribute.of("axis", 0));
    String scaled =
        graph.node(
            "Mul",
            List.of(
                graph.cast(parts.get(0), ElementType.FLOAT),
                graph.constant("scale", new float[] {2f}, 1)));
    graph.output(scaled, "out", ElementType.FLOAT, 1);
    graph.metadata("z", "1");
    graph.metadata("a", "2");
    return graph;
  }

  @Test
  void theContributedOperatorsAreImportedOnlyWhenUsed() {
    OnnxGraph graph = new OnnxGraph("g");
    String x = graph.input("x", ElementType.FLOAT, 2);
    assertThat(text(graph)).contains("ai.onnx.ml").doesNotContain("com.microsoft");
    graph.node(Domain.MICROSOFT, "Gelu", List.of(x));
    assertThat(text(graph)).contains("com.microsoft");
  }

  private static String text(OnnxGraph graph) {
    return new String(graph.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatNoOutputDependsOnFallsAway() {
    OnnxGraph graph = new OnnxGraph("g");
    String x = graph.input("used", ElementType.FLOAT, 1);
    String y = graph.input("unused", ElementType.FLOAT, 1);
    graph.node("Tanh", List.of(y));
    String half = graph.constant("half", new float[] {0.5f});
    graph.constant("spare", new float[] {1});
    graph.output(graph.node("Mul", List.of(x, half)), "out", ElementType.FLOAT, 1);
    graph.prune();
    assertThat(graph.inputNames()).containsExactly("used");
    assertThat(text(graph)).contains("Mul", "half").doesNotContain("Tanh", "spare", "unused");
  }

  @Test
  void namesAreSpeltWithoutWhatJavaCannotHandOver() {
    assertThat(OnnxText.name("价 a😀\u0000")).isEqualTo("价 aU+1F600U+0");
  }

  @Test
  void everyValueHasANameOfItsOwn() {
    OnnxGraph graph = new OnnxGraph("g");
    String x = graph.input("/Relu_1", ElementType.FLOAT, 2);
    String first = graph.node("Relu", List.of(x));
    String second = graph.node("Relu", List.of(first));
    assertThat(List.of(x, first, second)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> graph.input("/Relu_1", ElementType.FLOAT, 2))
        .hasMessage("name of a value must be new and not empty; found: '/Relu_1'");
    assertThatThrownBy(() -> graph.output(second, first, ElementType.FLOAT, 2))
        .hasMessageStartingWith("name of a value must be new");
  }

  @Test
  void aNodeReadsOnlyValuesThatExist() {
    OnnxGraph graph = new OnnxGraph("g");
    assertThatThrownBy(() -> graph.node("Relu", List.of("ghost")))
        .hasMessage("Relu: input must be a value of this graph; found: 'ghost'");
  }

  @Test
  void aTensorHoldsAsManyValuesAsItsDimsSay() {
    assertThatThrownBy(() -> OnnxTensor.of(new float[] {1, 2, 3}, 2, 2))
        .hasMessage("tensor of dims [2, 2] must hold 4 values (elements); found: 3");
  }

  @Test
  void missingAndEmptyTextsDiffer() {
    assertThat(OnnxText.encode(null)).isEmpty();
    assertThat(OnnxText.encode("")).isEqualTo("\uFDD0");
    assertThat(OnnxText.encode("中文")).isEqualTo("中文");
  }

  @Test
  void keysComeInEveryEncodingInWhichTheyMayArrive() {
    OnnxText.Keys keys =
        OnnxText.keys(java.util.Arrays.asList("中", "\uD83D\uDE00", "a\0", null, "", "\uD83D"));
    HexFormat hex = HexFormat.of();
    assertThat(keys.bytes().stream().map(hex::formatHex))
        .containsExactly(
            "e4b8ad", // in the basic plane: one encoding
            "f09f9880",
            "eda0bdedb880", // two surrogates of three bytes
            "6100",
            "61c080",
            "", // missing
            "efb790", // empty: U+FDD0
            "eda0bd"); // a lone surrogate has no UTF-8
    assertThat(keys.category()).containsExactly(0, 1, 1, 2, 2, 3, 4, 5);
    assertThat("中".getBytes(UTF_8)).isEqualTo(keys.bytes().get(0));
  }
}
