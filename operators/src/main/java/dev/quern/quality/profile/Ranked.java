package dev.quern.quality.profile;

import dev.quern.statistics.LongCounts;
import dev.quern.statistics.TextCounts;
import dev.quern.text.Utf8;
import java.util.Arrays;

/** Numbers in ascending order with their counts: exact, or the middles of buckets. */
final class Ranked {
  final boolean exact;
  final double[] values;
  final long[] counts;
  final long total;

  private Ranked(boolean exact, double[] values, long[] counts) {
    this.exact = exact;
    this.values = values;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /** Returns the numbers that describe {@code values}: NaN is left out. */
  static Ranked of(Values values, Summary summary) {
    if (values instanceof NumberValues numbers && numbers.few != null) {
      return of(numbers, numbers.few);
    }
    if (values instanceof TextValues texts && texts.few != null) {
      return ofLengths(texts.few);
    }
    int[] size = {0};
    summary.histogram.forEach((middle, count) -> size[0]++);
    double[] middles = new double[size[0]];
    long[] counts = new long[size[0]];
    int[] at = {0};
    summary.histogram.forEach(
        (middle, count) -> {
          middles[at[0]] = Math.max(summary.min, Math.min(summary.max, middle));
          counts[at[0]++] = count;
        });
    return new Ranked(false, middles, counts);
  }

  /** Returns numbers each of which stands for itself, NaN left out. */
  static Ranked of(double[] numbers) {
    double[] sorted = Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).sorted().toArray();
    return merged(sorted, ones(sorted.length));
  }

  private static long[] ones(int size) {
    long[] ones = new long[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Ranked of(NumberValues numbers, LongCounts few) {
    double[] values = new double[few.distinct()];
    int[] size = {0};
    few.forEach((bits, count) -> values[size[0]++] = Values.number(bits, numbers.kind));
    double[] sorted = Arrays.stream(values).filter(x -> !Double.isNaN(x)).sorted().toArray();
    long[] counts = new long[sorted.length];
    few.forEach(
        (bits, count) -> {
          double value = Values.number(bits, numbers.kind);
          if (!Double.isNaN(value)) {
            counts[Arrays.binarySearch(sorted, value)] += count;
          }
        });
    return merged(sorted, counts);
  }

  private static Ranked ofLengths(TextCounts few) {
    LongCounts lengths = new LongCounts();
    few.forEachUnsorted(
        (bytes, start, end, count, hash) -> lengths.add(Utf8.codePoints(bytes, start, end), count));
    double[] values = new double[lengths.distinct()];
    long[] counts = new long[values.length];
    int[] at = {0};
    lengths.forEach(
        (length, count) -> {
          values[at[0]] = length;
          counts[at[0]++] = count;
        });
    return new Ranked(true, values, counts);
  }

  /** Puts equal neighbours together. */
  private static Ranked merged(double[] sorted, long[] counts) {
    double[] values = new double[sorted.length];
    long[] sums = new long[sorted.length];
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (size > 0 && values[size - 1] == sorted[i]) {
        sums[size - 1] += counts[i];
      } else {
        values[size] = sorted[i];
        sums[size++] = counts[i];
      }
    }
    return new Ranked(true, Arrays.copyOf(values, size), Arrays.copyOf(sums, size));
  }

  /** Returns the value of rank ⌊(n − 1)·fraction⌋; NaN where there is none. */
  double quantile(double fraction) {
    long rank = (long) ((total - 1) * fraction);
    long seen = 0;
    for (int i = 0; i < values.length; i++) {
      seen += counts[i];
      if (seen > rank) {
        return values[i];
      }
    }
    return Double.NaN;
  }

  /** Returns how many values are outside [{@code low}, {@code high}]. */
  long outside(double low, double high) {
    long outside = 0;
    for (int i = 0; i < values.length; i++) {
      outside += values[i] < low || values[i] > high ? counts[i] : 0;
    }
    return outside;
  }
}
