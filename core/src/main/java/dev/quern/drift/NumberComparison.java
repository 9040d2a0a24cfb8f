package dev.quern.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * Two sets of numbers compared by their counts in common buckets.
 *
 * <p>PSI = Σ (p − q) ln(p / q) over at most {@value #BINS} bins at the reference's quantiles, each
 * count + 0.5, bins of fewer than 5 expected values merged with a neighbour. Without change it is
 * about (1/n + 1/m)·χ² of bins − 1 degrees. D is the largest difference of the distribution
 * functions at a bucket's end; what lies within a bucket is not told apart, which makes D smaller
 * and the test no less valid. W1 = ∫ |F − G| with each value at the begin of its bucket.
 */
final class NumberComparison {
  private static final int BINS = 10;
  private static final double EXPECTED = 5;

  private final long n;
  private final long m;
  private final double[] values;
  private final long[] first;
  private final long[] second;

  private NumberComparison(double[] values, long[] first, long[] second, long n, long m) {
    this.values = values;
    this.first = first;
    this.second = second;
    this.n = n;
    this.m = m;
  }

  /** Returns the comparison of {@code a}, the reference, with {@code b}. */
  static NumberComparison of(ValueBuckets a, ValueBuckets b) {
    List<Double> values = new ArrayList<>();
    List<long[]> counts = new ArrayList<>();
    ValueBuckets.forEach(
        a,
        b,
        (value, one, two) -> {
          values.add(value);
          counts.add(new long[] {one, two});
        });
    return new NumberComparison(
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        counts.stream().mapToLong(pair -> pair[0]).toArray(),
        counts.stream().mapToLong(pair -> pair[1]).toArray(),
        a.total(),
        b.total());
  }

  long reference() {
    return n;
  }

  long current() {
    return m;
  }

  /** A population stability index and the degrees of freedom of its χ²: bins − 1. */
  record Stability(double index, int freedom) {}

  Stability stability() {
    List<long[]> bins = Bins.merged(quantileBins(), n, m, EXPECTED);
    double smoothed = 0.5 * bins.size();
    double index = 0;
    for (long[] bin : bins) {
      double p = (bin[0] + 0.5) / (n + smoothed);
      double q = (bin[1] + 0.5) / (m + smoothed);
      index += (p - q) * Math.log(p / q);
    }
    return new Stability(index, bins.size() - 1);
  }

  /**
   * A bin ends with the value at which it holds its share of what the bins before it have left of
   * the reference, so that a frequent value has a bin of its own and takes nothing from the others.
   */
  private List<long[]> quantileBins() {
    List<long[]> bins = new ArrayList<>();
    long[] bin = new long[2];
    long left = n;
    for (int i = 0; i < values.length; i++) {
      bin[0] += first[i];
      bin[1] += second[i];
      // Values above all of the reference belong to the last bin.
      if (bins.size() < BINS - 1 && bin[0] > 0 && bin[0] * (BINS - bins.size()) >= left) {
        left -= bin[0];
        bins.add(bin);
        bin = new long[2];
      }
    }
    bins.add(bin);
    return bins;
  }

  /** Returns the largest difference of the distribution functions, in [0, 1]. */
  double distance() {
    double largest = 0;
    double f = 0;
    double g = 0;
    for (int i = 0; i < values.length; i++) {
      f += first[i];
      g += second[i];
      largest = Math.max(largest, Math.abs(f / n - g / m));
    }
    return largest;
  }

  /** Returns how likely a {@link #distance} as large is where nothing has changed. */
  double distanceChance() {
    return Chances.kolmogorov(distance() * Math.sqrt((double) n * m / (n + m)));
  }

  /** Returns what {@link #distance} exceeds with probability {@code alpha}. */
  double distanceThreshold(double alpha) {
    return Chances.kolmogorovThreshold(alpha) * Math.sqrt((double) (n + m) / ((double) n * m));
  }

  /**
   * Returns W1 / interquartile range of the reference; where that is 0 the range from its 5 % to
   * its 95 % quantile, then its whole range; 1 where the reference is constant and the others are
   * not.
   */
  double shift() {
    double moved = moved();
    if (moved == 0) {
      return 0;
    }
    for (double tail : new double[] {0.25, 0.05, 0}) {
      double width = quantile(1 - tail) - quantile(tail);
      if (width > 0) {
        return moved / width;
      }
    }
    return 1;
  }

  private double moved() {
    double moved = 0;
    double f = 0;
    double g = 0;
    for (int i = 0; i + 1 < values.length; i++) {
      f += first[i];
      g += second[i];
      moved += Math.abs(f / n - g / m) * (values[i + 1] - values[i]);
    }
    return moved;
  }

  /** Returns the reference's value of rank ⌈n·fraction⌉, at least the first. */
  private double quantile(double fraction) {
    long rank = Math.max(1, (long) Math.ceil(n * fraction));
    long seen = 0;
    for (int i = 0; i < values.length; i++) {
      seen += first[i];
      if (seen >= rank) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }
}
