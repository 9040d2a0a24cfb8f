package dev.quern.label;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Krippendorff's alpha, 1 − observed / expected disagreement (Krippendorff 2011, Computing
 * Krippendorff's Alpha-Reliability; Hayes and Krippendorff 2007). Items with fewer than two labels
 * are left out.
 *
 * @param alpha 1 for perfect agreement, 0 for that of chance; absent where labels do not vary
 * @param items items with two labels and more
 * @param labels labels of these items
 */
public record Alpha(Optional<Double> alpha, long items, long labels) {

  /** Returns the alpha of what {@code coincidences} has seen. */
  public static Alpha of(Coincidences coincidences, Difference difference) {
    TreeSet<String> names = new TreeSet<>(LabelOrder.of(coincidences));
    long items = 0;
    for (Map.Entry<List<String>, Long> entry : coincidences.items().entrySet()) {
      if (entry.getKey().size() > 1) {
        names.addAll(entry.getKey());
        items += entry.getValue();
      }
    }
    List<String> order = List.copyOf(names);
    double[][] pairs = pairs(coincidences, order);
    double[] totals = new double[order.size()];
    double all = 0;
    for (int a = 0; a < totals.length; a++) {
      for (int b = 0; b < totals.length; b++) {
        totals[a] += pairs[a][b];
      }
      all += totals[a];
    }
    double[][] squared = difference.squared(LabelOrder.values(order), totals);
    double observed = 0;
    double expected = 0;
    for (int a = 0; a < totals.length; a++) {
      for (int b = 0; b < totals.length; b++) {
        observed += pairs[a][b] * squared[a][b];
        expected += totals[a] * totals[b] * squared[a][b];
      }
    }
    Optional<Double> alpha =
        expected == 0 ? Optional.empty() : Optional.of(1 - (all - 1) * observed / expected);
    return new Alpha(alpha, items, Math.round(all));
  }

  /** The coincidence matrix: pairs of labels of one item, each item by its labels less one. */
  private static double[][] pairs(Coincidences coincidences, List<String> order) {
    double[][] pairs = new double[order.size()][order.size()];
    coincidences
        .items()
        .forEach(
            (labels, number) -> {
              if (labels.size() > 1) {
                Map<String, @Nullable Long> counts = new TreeMap<>();
                labels.forEach(label -> counts.merge(label, 1L, Long::sum));
                add(pairs, order, counts, number / (labels.size() - 1.0));
              }
            });
    return pairs;
  }

  private static void add(
      double[][] pairs, List<String> order, Map<String, @Nullable Long> counts, double weight) {
    for (int a = 0; a < order.size(); a++) {
      Long first = counts.get(order.get(a));
      for (int b = 0; b < order.size() && first != null; b++) {
        Long second = counts.get(order.get(b));
        if (second != null) {
          pairs[a][b] += weight * first * (a == b ? second - 1 : second);
        }
      }
    }
  }
}
