package dev.quern.tensor;

import dev.quern.onnx.Attribute;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxTensor;
import java.util.List;
import java.util.stream.IntStream;

/** Emits a network with trained parameters as nodes of a graph; a value is its name there. */
public final class OnnxOps implements Ops<String> {

  private final OnnxGraph graph;
  private final Parameters parameters;

  /** Appends to {@code graph}, whose values may be the network's inputs. */
  public OnnxOps(OnnxGraph graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  @Override
  public String param(String name, Start start, int... shape) {
    return graph.constant(
        name, parameters.values(name), IntStream.of(shape).asLongStream().toArray());
  }

  @Override
  public String table(String name, Start start, int rows, int width) {
    return param(name, start, rows, width);
  }

  @Override
  public String linear(String x, String w, String b) {
    // ONNX Runtime fuses the two where x is a matrix.
    return graph.node("Add", List.of(graph.node("MatMul", List.of(x, w)), b));
  }

  @Override
  public String relu(String x) {
    return graph.node("Relu", List.of(x));
  }

  @Override
  public String sigmoid(String x) {
    return graph.node("Sigmoid", List.of(x));
  }

  @Override
  public String tanh(String x) {
    return graph.node("Tanh", List.of(x));
  }

  @Override
  public String add(String a, String b) {
    return graph.node("Add", List.of(a, b));
  }

  @Override
  public String scale(String x, float s) {
    return graph.node("Mul", List.of(x, graph.constant("scale", new float[] {s})));
  }

  @Override
  public String softmax(String x) {
    return graph.node("Softmax", List.of(x), Attribute.of("axis", -1));
  }

  @Override
  public String embeddingBag(String table, String ids, String weights) {
    String zero = graph.constant("padding", OnnxTensor.of(new int[] {0}));
    String noWeight = graph.constant("padding", new float[] {0});
    // Gather would read -1 as the last row: padding reads row 0 with weight 0 instead.
    String padded = graph.node("Less", List.of(ids, zero)); // [N, L]
    String rows = graph.node("Gather", List.of(table, graph.node("Max", List.of(ids, zero))));
    String kept = graph.node("Where", List.of(padded, noWeight, weights)); // [N, L]
    String axis = graph.constant("axis", new long[] {1}, 1);
    String asRow = graph.node("Unsqueeze", List.of(kept, axis)); // [N, 1, L]
    String sum = graph.node("MatMul", List.of(asRow, rows)); // [N, 1, E]
    return graph.node("Squeeze", List.of(sum, axis)); // [N, E]
  }

  @Override
  public String concat(List<String> parts) {
    return graph.node("Concat", parts, Attribute.of("axis", -1));
  }

  /** The element type of an input of this kind. */
  public static ElementType elementType(NetworkInput.Kind kind) {
    return switch (kind) {
      case DENSE, WEIGHTS -> ElementType.FLOAT;
      case IDS -> ElementType.INT32;
    };
  }
}
