package dev.quern.label;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How many samples carry label i and are of class j: the confident counts, brought to the number of
 * samples of each label and rounded so that the numbers of labels stay (Northcutt, Jiang and Chuang
 * 2021, JAIR 70, in the numbers of cleanlab 2.9.0).
 *
 * @param counts of label i (row) and class j (column)
 */
public record ConfidentJoint(long[][] counts) {
  private static final double TINY = 1e-100;

  /** Returns the joint of confident {@code counts} for labels that so many samples carry. */
  static ConfidentJoint of(long[][] counts, long[] labels) {
    int size = labels.length;
    double[][] calibrated = new double[size][size];
    double total = 0;
    for (int i = 0; i < size; i++) {
      double row = 0;
      for (int j = 0; j < size; j++) {
        calibrated[i][j] = i == j ? Math.max(1, counts[i][j]) : counts[i][j];
        row += calibrated[i][j];
      }
      for (int j = 0; j < size; j++) {
        calibrated[i][j] = calibrated[i][j] / Math.max(row, TINY) * labels[i];
        total += calibrated[i][j];
      }
    }
    long samples = Arrays.stream(labels).sum();
    long[][] rounded = new long[size][];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        calibrated[i][j] = calibrated[i][j] / Math.max(total, TINY) * samples;
      }
      rounded[i] = rounded(calibrated[i]);
    }
    return new ConfidentJoint(rounded);
  }

  /** Returns the share of labels that are wrong, Σ over i ≠ j of the joint; NaN without samples. */
  public double noise() {
    long all = 0;
    long wrong = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        all += counts[i][j];
        wrong += i == j ? 0 : counts[i][j];
      }
    }
    return all == 0 ? Double.NaN : (double) wrong / all;
  }

  /**
   * Returns how many samples of label i (row) to call samples of class j (column) so that {@code
   * least} samples stay in each class.
   */
  public long[][] prunes(long least) {
    int size = counts.length;
    long[][] prunes = new long[size][size];
    for (int label = 0; label < size; label++) {
      long kept = Math.max(counts[label][label], least);
      int noisy = -1;
      for (int j = 0; j < size; j++) {
        noisy += counts[label][j] != 0 ? 1 : 0;
      }
      double less = (kept - counts[label][label]) / Math.max(noisy, 1.0);
      for (int j = 0; j < size; j++) {
        prunes[label][j] = j == label ? kept : (long) Math.max(0, counts[label][j] - less);
      }
    }
    return prunes;
  }

  /** Rounds {@code values} (ties to even), then moves single units where the sum needs it. */
  static long[] rounded(double[] values) {
    double[] rounded = new double[values.length];
    double wanted = 0;
    double found = 0;
    for (int i = 0; i < values.length; i++) {
      rounded[i] = Math.rint(values[i]);
      wanted += values[i];
      found += rounded[i];
    }
    wanted = Math.rint(wanted);
    while (found != wanted) {
      int step = wanted < found ? -1 : 1;
      int moves = (int) Math.min(Math.abs(wanted - found), values.length);
      Comparator<Integer> byRest = Comparator.comparingDouble(i -> values[i] - rounded[i]);
      int[] order =
          IntStream.range(0, values.length)
              .boxed()
              .sorted(byRest)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < moves; i++) {
        rounded[step > 0 ? order[order.length - 1 - i] : order[i]] += step;
      }
      found += (double) step * moves;
    }
    return Arrays.stream(rounded).mapToLong(value -> (long) value).toArray();
  }
}
