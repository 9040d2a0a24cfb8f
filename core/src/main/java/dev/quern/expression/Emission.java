package dev.quern.expression;

import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An ONNX graph that an expression is being added to. */
final class Emission {
  private final OnnxGraph graph;
  private final UnaryOperator<String> tensors;
  private final Map<Double, String> numbers = new HashMap<>();
  private final Map<Bound, String> values = new IdentityHashMap<>();
  private final Map<Bound, Truth> truths = new IdentityHashMap<>();

  Emission(OnnxGraph graph, UnaryOperator<String> tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  /**
   * A bool with three values as two tensors of bools.
   *
   * @param yes where it is true
   * @param no where it is false
   */
  record Truth(String yes, String no) {}

  OnnxGraph graph() {
    return graph;
  }

  String field(String name) {
    return tensors.apply(name);
  }

  String node(String operator, String... inputs) {
    return graph.node(operator, List.of(inputs));
  }

  /** Returns a double that fits every shape. */
  String number(double value) {
    return numbers.computeIfAbsent(value, v -> graph.constant("number", new double[] {v}, 1, 1));
  }

  /** Returns a text that fits every shape. */
  String text(String value) {
    return graph.constant("text", List.of(OnnxText.encode(value)), 1, 1);
  }

  /** Returns the value of {@code bound}, computed once: double or text. */
  String value(Bound bound) {
    String known = values.get(bound);
    if (known == null) {
      known =
          bound.type.kind() == dev.quern.data.Type.Kind.BOOL
              ? number(truth(bound))
              : bound.emit(this);
      values.put(bound, known);
    }
    return known;
  }

  /** Returns the truth of {@code bound}, a bool, computed once. */
  Truth truth(Bound bound) {
    Truth known = truths.get(bound);
    if (known == null) {
      known = bound.truth(this);
      truths.put(bound, known);
    }
    return known;
  }

  private String number(Truth truth) {
    String rest = node("Where", truth.no(), number(0), number(Double.NaN));
    return node("Where", truth.yes(), number(1), rest);
  }

  /** Returns {@code value} where its size is below {@code limit}, else missing. */
  String below(String value, double limit) {
    String fits = node("Less", node("Abs", value), number(limit));
    return node("Where", fits, value, number(Double.NaN));
  }

  String toDouble(String value) {
    return graph.cast(value, ElementType.DOUBLE);
  }
}
