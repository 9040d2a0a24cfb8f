package dev.quern.quality.profile;

import dev.quern.data.Type;
import java.util.Arrays;

/**
 * A field's numbers in the samples drawn, NaN where there is none.
 *
 * @param field its position
 * @param values by sample
 * @param ranks by sample, of equal values the mean
 */
record Numbers(int field, double[] values, double[] ranks) {

  static Numbers of(int field, long[] column, Type.Kind kind) {
    double[] values = new double[column.length];
    for (int i = 0; i < values.length; i++) {
      double value = column[i] == Values.MISSING ? Double.NaN : Values.number(column[i], kind);
      values[i] = Double.isInfinite(value) ? Double.NaN : value;
    }
    return new Numbers(field, values, ranks(values));
  }

  private static double[] ranks(double[] values) {
    double[] sorted = Arrays.stream(values).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = Double.isNaN(values[i]) ? Double.NaN : rank(sorted, values[i]);
    }
    return ranks;
  }

  private static double rank(double[] sorted, double value) {
    return (first(sorted, value) + first(sorted, Math.nextUp(value)) - 1) / 2.0;
  }

  /** Returns the position of the first number that is at least {@code value}. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Returns Pearson's correlation over the places where both are numbers; NaN where fewer than
   * {@code least} are or one of them does not vary.
   */
  static double correlation(double[] a, double[] b, int least) {
    int count = 0;
    double sumA = 0;
    double sumB = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
        count++;
        sumA += a[i];
        sumB += b[i];
      }
    }
    if (count < least) {
      return Double.NaN;
    }
    double meanA = sumA / count;
    double meanB = sumB / count;
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Double.isNaN(a[i]) && !Double.isNaN(b[i])) {
        double x = a[i] - meanA;
        double y = b[i] - meanB;
        aa += x * x;
        ab += x * y;
        bb += y * y;
      }
    }
    double size = Math.sqrt(aa) * Math.sqrt(bb);
    return size > 0 ? Math.max(-1, Math.min(1, ab / size)) : Double.NaN;
  }
}
