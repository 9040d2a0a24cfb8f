package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Exact order statistics of longs (for doubles see {@link OrderedBits}): every distinct value with
 * its count, sorted; 16 bytes per distinct value.
 *
 * <p>Two definitions are offered: {@link #quantile} of doubles interpolates linearly (type 7 of
 * Hyndman and Fan 1996: position h = (n − 1)·p), {@link #at} gives a value that occurs. The lower
 * median is {@code at((n − 1) / 2)}.
 */
public final class ExactQuantiles {
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 14;

  private long[] buffer = new long[64];
  private int buffered;
  private long[] values = {};
  private long[] counts = {};
  private long[] below = {};
  private long count;

  /** Adds one value. */
  public void add(long value) {
    if (buffered == BUFFER) {
      settle();
    } else if (buffered == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffered);
    }
    buffer[buffered++] = value;
    count++;
  }

  /** Adds what {@code other} has seen. */
  public void merge(ExactQuantiles other) {
    settle();
    other.settle();
    mergeRuns(other.values, other.counts, other.values.length);
    count += other.count;
  }

  /** Returns the number of values. */
  public long count() {
    return count;
  }

  /**
   * Returns the value of {@code rank} in ascending order, from 0.
   *
   * @throws IllegalArgumentException if there is no such rank
   */
  public long at(long rank) {
    if (rank < 0 || rank >= count) {
      throw new IllegalArgumentException(
          "rank must be in [0, " + count + ") (values); found: " + rank);
    }
    settle();
    if (below.length != values.length) {
      below = new long[values.length];
      for (int i = 1; i < values.length; i++) {
        below[i] = below[i - 1] + counts[i - 1];
      }
    }
    int found = Arrays.binarySearch(below, rank);
    return values[found >= 0 ? found : -found - 2];
  }

  /** Returns the lower median, a value that occurs; there must be one. */
  public long lowerMedian() {
    return at((count - 1) / 2);
  }

  /**
   * Returns the type 7 quantile of values that are {@link OrderedBits} of doubles; NaN where there
   * is none.
   *
   * @param fraction in [0, 1]
   */
  public double quantile(double fraction) {
    if (count == 0) {
      return Double.NaN;
    }
    double position = (count - 1) * fraction;
    long rank = (long) position;
    double low = OrderedBits.toDouble(at(rank));
    double rest = position - rank;
    if (rest == 0) {
      return low;
    }
    double high = OrderedBits.toDouble(at(rank + 1));
    return low == high ? low : low * (1 - rest) + high * rest;
  }

  /** Hands out all values in ascending order. */
  public void forEach(LongCounts.Receiver receiver) {
    settle();
    for (int i = 0; i < values.length; i++) {
      receiver.receive(values[i], counts[i]);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    settle();
    State.begin(out, VERSION);
    out.writeInt(values.length);
    for (int i = 0; i < values.length; i++) {
      out.writeLong(values[i]);
      out.writeLong(counts[i]);
    }
  }

  /** Returns the quantiles whose state was written. */
  public static ExactQuantiles read(DataInput in) throws IOException {
    State.expect(in, "exact quantiles", VERSION);
    ExactQuantiles quantiles = new ExactQuantiles();
    int distinct = in.readInt();
    quantiles.values = new long[distinct];
    quantiles.counts = new long[distinct];
    for (int i = 0; i < distinct; i++) {
      quantiles.values[i] = in.readLong();
      quantiles.counts[i] = in.readLong();
      quantiles.count += quantiles.counts[i];
    }
    return quantiles;
  }

  /** Sorts what is buffered into the one run of distinct values. */
  private void settle() {
    if (buffered == 0) {
      return;
    }
    Arrays.sort(buffer, 0, buffered);
    long[] runValues = new long[buffered];
    long[] runCounts = new long[buffered];
    int runs = 0;
    for (int i = 0; i < buffered; i++) {
      if (runs > 0 && runValues[runs - 1] == buffer[i]) {
        runCounts[runs - 1]++;
      } else {
        runValues[runs] = buffer[i];
        runCounts[runs++] = 1;
      }
    }
    buffered = 0;
    mergeRuns(runValues, runCounts, runs);
  }

  private void mergeRuns(long[] otherValues, long[] otherCounts, int size) {
    long[] newValues = new long[values.length + size];
    long[] newCounts = new long[newValues.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < values.length || j < size) {
      if (j == size || i < values.length && values[i] < otherValues[j]) {
        newValues[n] = values[i];
        newCounts[n++] = counts[i++];
      } else if (i == values.length || otherValues[j] < values[i]) {
        newValues[n] = otherValues[j];
        newCounts[n++] = otherCounts[j++];
      } else {
        newValues[n] = values[i];
        newCounts[n++] = counts[i++] + otherCounts[j++];
      }
    }
    values = Arrays.copyOf(newValues, n);
    counts = Arrays.copyOf(newCounts, n);
    below = new long[0];
  }
}
