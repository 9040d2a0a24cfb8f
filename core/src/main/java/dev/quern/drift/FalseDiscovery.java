package dev.quern.drift;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Keeps the share of false alarms among alarms in bounds when many tests are made.
 *
 * <p>Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1), in adjusted
 * form: q(i) = min over j ≥ i of p(j)·m/j, of the sorted p. Where nothing has changed, the chance
 * of any alarm is at most the level.
 */
final class FalseDiscovery {
  private FalseDiscovery() {}

  /** Returns the adjusted {@code p}, in the same order. */
  static double[] adjusted(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] adjusted = new double[p.length];
    double smallest = 1;
    for (int rank = p.length; rank >= 1; rank--) {
      int i = order[rank - 1];
      smallest = Math.min(smallest, p[i] * p.length / rank);
      adjusted[i] = smallest;
    }
    return adjusted;
  }
}
