package dev.quern.quality.outlier;

import java.util.Arrays;

/**
 * The identifier of Hampel (1974) in one window: score = |x − median| / (1.4826 · MAD), with MAD
 * the median of |xᵢ − median| over the values of the window that are there; where MAD is 0 the mean
 * of |xᵢ − median| times 1.2533 takes its place. Not safe for several threads.
 */
public final class Hampel {
  private static final double NORMAL_MAD = 1.4826;
  private static final double NORMAL_MEAN = 1.2533;

  private double[] sorted = new double[16];
  private double median;
  private double scale;

  /** Takes in the window {@code values[0, size)}, none of them missing. */
  public void window(double[] values, int size) {
    if (sorted.length < size) {
      sorted = new double[2 * size];
    }
    System.arraycopy(values, 0, sorted, 0, size);
    median = median(size);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sorted[i] = Math.abs(values[i] - median);
    }
    double mad = median(size);
    for (int i = 0; i < size; i++) {
      // In the order of size, so that the sum does not depend on that of the window.
      sum += sorted[i];
    }
    scale = mad > 0 ? NORMAL_MAD * mad : NORMAL_MEAN * sum / Math.max(1, size);
  }

  private double median(int size) {
    Arrays.sort(sorted, 0, size);
    if (size == 0) {
      return Double.NaN;
    }
    return size % 2 == 1
        ? sorted[size / 2]
        : sorted[size / 2 - 1] + (sorted[size / 2] - sorted[size / 2 - 1]) / 2;
  }

  /** Returns the score of {@code value} in the window, 0 where all values are equal. */
  public double score(double value) {
    return scale > 0 ? Math.abs(value - median) / scale : 0;
  }

  /** Returns the bound that a score of {@code limit} stands for on the side of {@code value}. */
  public double bound(double value, double limit) {
    return value > median ? median + limit * scale : median - limit * scale;
  }
}
