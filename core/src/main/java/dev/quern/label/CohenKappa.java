package dev.quern.label;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Cohen's kappa of two annotators, 1 − Σ w·observed / Σ w·expected with weights w of disagreement
 * (Cohen 1960, 1968), and its large-sample standard error (Fleiss, Cohen and Everitt 1969).
 *
 * @param kappa absent where both give one and the same label alone, or there are no items
 * @param error standard error
 * @param items items that both labelled
 */
public record CohenKappa(Optional<Double> kappa, Optional<Double> error, long items) {

  /** How much a disagreement counts. */
  public enum Weights {
    /** All alike. */
    NONE,
    /** By the distance of the labels in their order. */
    LINEAR,
    /** By the square of that distance. */
    QUADRATIC
  }

  /**
   * Returns the kappa of pairs of labels.
   *
   * @param pairs the label of the first and of the second annotator, with the number of items
   */
  public static CohenKappa of(Map<List<String>, Long> pairs, Weights weights) {
    TreeSet<String> names =
        new TreeSet<>(LabelOrder.of(pairs.keySet().stream().flatMap(List::stream).toList()));
    pairs.keySet().forEach(names::addAll);
    List<String> order = List.copyOf(names);
    int size = order.size();
    double[][] p = new double[size][size];
    long items = 0;
    for (long number : pairs.values()) {
      items += number;
    }
    double[] rows = new double[size];
    double[] columns = new double[size];
    for (Map.Entry<List<String>, Long> entry : pairs.entrySet()) {
      int a = order.indexOf(entry.getKey().get(0));
      int b = order.indexOf(entry.getKey().get(1));
      double share = (double) entry.getValue() / items;
      p[a][b] += share;
      rows[a] += share;
      columns[b] += share;
    }
    return of(p, rows, columns, weights, items);
  }

  /** Works with weights of agreement v = 1 − w / largest w, as the standard error is given. */
  private static CohenKappa of(
      double[][] p, double[] rows, double[] columns, Weights weights, long items) {
    int size = rows.length;
    double observed = 0;
    double chance = 0;
    double[] rowMeans = new double[size];
    double[] columnMeans = new double[size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double v = agreement(a, b, size, weights);
        observed += v * p[a][b];
        chance += v * rows[a] * columns[b];
        rowMeans[a] += v * columns[b];
        columnMeans[b] += v * rows[a];
      }
    }
    double rest = 1 - chance;
    if (items == 0 || rest <= 1e-15) {
      return new CohenKappa(Optional.empty(), Optional.empty(), items);
    }
    double kappa = (observed - chance) / rest;
    double sum = 0;
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double v = agreement(a, b, size, weights);
        double term = v - (rowMeans[a] + columnMeans[b]) * (1 - kappa);
        sum += p[a][b] * term * term;
      }
    }
    double bias = kappa - chance * (1 - kappa);
    double error = Math.sqrt(Math.max(0, sum - bias * bias) / items) / rest;
    return new CohenKappa(Optional.of(kappa), Optional.of(error), items);
  }

  private static double agreement(int a, int b, int size, Weights weights) {
    double distance = size == 1 ? 0 : Math.abs(a - b) / (size - 1.0);
    return switch (weights) {
      case NONE -> a == b ? 1 : 0;
      case LINEAR -> 1 - distance;
      case QUADRATIC -> 1 - distance * distance;
    };
  }
}
