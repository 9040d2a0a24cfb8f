package dev.quern.train;

import dev.quern.operator.Metric;
import dev.quern.statistics.ExactSum;
import dev.quern.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics of a classifier.
 *
 * <ul>
 *   <li>accuracy: right / samples
 *   <li>auc (two classes): P(score of a positive &gt; score of a negative), ties as half
 *   <li>log_loss: mean of −ln p(true class), p at least 1e-15 (nats)
 *   <li>precision, recall and F1 of each class; macro_f1 is the mean of F1 over the classes, a
 *       class without evidence (never predicted, never true) left out
 * </ul>
 *
 * @param field the target
 * @param prefix of the names
 * @param names of the classes
 * @param positive the positive class of two, -1 where predictions are one probability per class
 */
record ClassMetrics(String field, String prefix, List<String> names, int positive) {
  private static final double LEAST = 1e-15;

  /** What is a proportion of scored samples, themselves a sample of what the model will meet. */
  private static final Set<String> SHARES = Set.of("accuracy", "precision", "recall");

  List<Metric> of(float[] predictions, float[] trained) {
    int n = trained.length;
    int k = names.size();
    long[] truth = new long[k];
    long[] said = new long[k];
    long[] right = new long[k];
    ExactSum loss = new ExactSum();
    for (int i = 0; i < n; i++) {
      int actual = actual(trained[i]);
      int predicted = predicted(predictions, i);
      truth[actual]++;
      said[predicted]++;
      right[actual] += actual == predicted ? 1 : 0;
      loss.add(-StrictMath.log(Math.max(LEAST, probability(predictions, i, actual))));
    }
    long hits = 0;
    for (long of : right) {
      hits += of;
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric("accuracy", "", (double) hits, n, "fraction"));
    if (positive >= 0) {
      metrics.add(auc(predictions, trained));
    }
    metrics.add(metric("log_loss", "", loss.value(), n, "nats"));
    addPerClass(metrics, truth, said, right);
    return metrics;
  }

  private void addPerClass(List<Metric> metrics, long[] truth, long[] said, long[] right) {
    ExactSum sum = new ExactSum();
    int counted = 0;
    List<Metric> each = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      each.add(metric("precision", name, (double) right[c], (double) said[c], "fraction"));
      each.add(metric("recall", name, (double) right[c], (double) truth[c], "fraction"));
      each.add(metric("f1", name, 2.0 * right[c], (double) (said[c] + truth[c]), "fraction"));
      if (said[c] + truth[c] > 0) {
        sum.add(2.0 * right[c] / (said[c] + truth[c]));
        counted++;
      }
    }
    metrics.add(metric("macro_f1", "", sum.value(), counted, "fraction"));
    metrics.addAll(each);
  }

  private int actual(float trained) {
    if (positive < 0) {
      return (int) trained;
    }
    return trained == 1 ? positive : 1 - positive;
  }

  private int predicted(float[] predictions, int i) {
    if (positive >= 0) {
      return predictions[i] >= 0.5f ? positive : 1 - positive;
    }
    int k = names.size();
    int best = 0;
    for (int c = 1; c < k; c++) {
      if (predictions[i * k + c] > predictions[i * k + best]) {
        best = c;
      }
    }
    return best;
  }

  private double probability(float[] predictions, int i, int actual) {
    if (positive < 0) {
      return predictions[i * names.size() + actual];
    }
    return actual == positive ? predictions[i] : 1 - (double) predictions[i];
  }

  private Metric auc(float[] scores, float[] trained) {
    Optional<Double> area = Auc.of(scores, trained);
    int n = trained.length;
    return new Metric(
        prefix + "auc",
        List.of(field),
        "",
        area,
        area.orElse(0.0) * n,
        n,
        Metric.Basis.MODEL,
        "fraction",
        Metric.Precision.EXACT);
  }

  private Metric metric(
      String name, String part, double numerator, double denominator, String unit) {
    return new Metric(
        prefix + name,
        List.of(field),
        part,
        denominator == 0 ? Optional.empty() : Optional.of(numerator / denominator),
        numerator,
        denominator,
        Metric.Basis.MODEL,
        unit,
        Metric.Precision.EXACT,
        SHARES.contains(name) && denominator > 0
            ? Optional.of(Interval.wilson(numerator, denominator))
            : Optional.empty());
  }
}
