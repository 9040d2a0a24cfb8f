package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Type;
import dev.quern.feature.Numbers;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Metric;
import dev.quern.operator.TrainedModel.Answer;
import dev.quern.statistics.ExactSum;
import dev.quern.tensor.Loss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number, trained as (y − mean) / deviation. */
record NumberTarget(Field field, double mean, double deviation) implements Target {

  @Override
  public Loss loss() {
    return Loss.SQUARED_ERROR;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public float trained(Column column, int row) {
    return (float) ((Numbers.at(column, row) - mean) / deviation);
  }

  @Override
  public List<Answer> answers() {
    return List.of(new Answer(Field.of("prediction", Type.DOUBLE), "prediction", List.of()));
  }

  @Override
  public void emit(GraphFields fields, String prediction) {
    OnnxGraph graph = fields.graph();
    String score = graph.cast(prediction, ElementType.DOUBLE);
    String scale = graph.constant("deviation", new double[] {deviation}, 1, 1);
    String scaled = graph.node("Mul", List.of(score, scale));
    String shift = graph.constant("mean", new double[] {mean}, 1, 1);
    graph.output(graph.node("Add", List.of(scaled, shift)), "prediction", ElementType.DOUBLE, 1);
  }

  @Override
  public double[] answer(float[] predictions, int from) {
    return new double[] {predictions[from] * deviation + mean};
  }

  @Override
  public double unit() {
    return Math.max(deviation, Math.abs(mean));
  }

  @Override
  public List<Metric> metrics(String prefix, float[] predictions, float[] trained) {
    ExactSum absolute = new ExactSum();
    ExactSum squared = new ExactSum();
    ExactSum sum = new ExactSum();
    int n = trained.length;
    for (int i = 0; i < n; i++) {
      double error = ((double) predictions[i] - trained[i]) * deviation;
      absolute.add(Math.abs(error));
      squared.add(error * error);
      sum.add((double) trained[i]);
    }
    ExactSum spread = new ExactSum();
    for (int i = 0; i < n; i++) {
      double distance = (trained[i] - sum.value() / n) * deviation;
      spread.add(distance * distance);
    }
    double residual = squared.value();
    double total = spread.value();
    return List.of(
        metric(prefix + "mae", ratio(absolute.value(), n), absolute.value(), n, "units"),
        metric(prefix + "rmse", ratio(residual, n).map(Math::sqrt), residual, n, "units"),
        // A share of variance is not defined where there is none; n, not the variance, is told.
        metric(
            prefix + "r2",
            total > 0 ? Optional.of(1 - residual / total) : Optional.empty(),
            total > 0 ? (1 - residual / total) * n : 0,
            n,
            "fraction"));
  }

  private Metric metric(
      String name, Optional<Double> value, double numerator, double samples, String unit) {
    return new Metric(
        name,
        List.of(field.name()),
        "",
        value,
        numerator,
        samples,
        Metric.Basis.MODEL,
        unit,
        Metric.Precision.EXACT);
  }

  private static Optional<Double> ratio(double numerator, double denominator) {
    return denominator == 0 ? Optional.empty() : Optional.of(numerator / denominator);
  }

  @Override
  public void describe(Map<String, @Nullable Object> details) {
    details.put("task", "regression");
    details.put("target_mean", mean);
    details.put("target_deviation", deviation);
  }
}
