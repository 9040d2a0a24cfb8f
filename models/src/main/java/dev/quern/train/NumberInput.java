package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.feature.Numbers;
import dev.quern.onnx.Attribute;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.GraphFields;
import java.util.ArrayList;
import java.util.List;

/**
 * A number as input: (x − mean) / deviation, within ±{@link #LIMIT} so that infinite values stay
 * finite; missing values are the mean.
 */
record NumberInput(String field, int position, double mean, double deviation, Missing missing) {
  /** Largest z-score (standard deviations). */
  private static final double LIMIT = 100;

  /** How missing values reach the network. */
  enum Missing {
    AS_MEAN,
    /** As the mean, and a further input is 1. */
    TOLD
  }

  float value(Column column, int row) {
    double number = Numbers.at(column, row);
    double known = Double.isNaN(number) ? mean : number;
    return (float) Math.min(LIMIT, Math.max(-LIMIT, (known - mean) / deviation));
  }

  boolean isMissing(Column column, int row) {
    return Double.isNaN(Numbers.at(column, row));
  }

  /** Adds all {@code inputs}: first the z-scores, then what is told of missing ones; floats. */
  static List<String> emit(List<NumberInput> inputs, GraphFields fields) {
    OnnxGraph graph = fields.graph();
    int n = inputs.size();
    List<String> tensors = new ArrayList<>();
    double[] means = new double[n];
    double[] deviations = new double[n];
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      NumberInput input = inputs.get(i);
      tensors.add(fields.value(input.field).tensor());
      means[i] = input.mean;
      deviations[i] = input.deviation;
      if (input.missing == Missing.TOLD) {
        told.add((long) i);
      }
    }
    String numbers = graph.node("Concat", tensors, Attribute.of("axis", 1)); // [N, n]
    String missing = graph.node("IsNaN", List.of(numbers));
    String mean = graph.constant("mean", means, 1, n);
    String known = graph.node("Where", List.of(missing, mean, numbers));
    String centered = graph.node("Sub", List.of(known, mean));
    String scores =
        graph.node("Div", List.of(centered, graph.constant("deviation", deviations, 1, n)));
    String low = graph.constant("limit", new double[] {-LIMIT});
    String high = graph.constant("limit", new double[] {LIMIT});
    List<String> parts = new ArrayList<>();
    parts.add(graph.cast(graph.node("Clip", List.of(scores, low, high)), ElementType.FLOAT));
    if (!told.isEmpty()) {
      long[] indices = told.stream().mapToLong(Long::longValue).toArray();
      String chosen = graph.constant("told", indices, indices.length);
      String flags = graph.node("Gather", List.of(missing, chosen), Attribute.of("axis", 1));
      parts.add(graph.cast(flags, ElementType.FLOAT));
    }
    return parts;
  }
}
