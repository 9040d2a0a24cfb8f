package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of doubles in buckets of equal relative width, for profiles: bounded memory, estimates.
 *
 * <p>A bucket is the sign, the exponent and the upper 6 bits of the mantissa: 64 buckets per power
 * of two, at most 2·131,072 in all. {@link #quantile} answers with the middle of the bucket that
 * holds the value of that rank, so its relative error is at most 2^-7 (0.8 %); subnormals count as
 * their bucket of absolute width 2^-1028. NaN is counted apart.
 */
public final class LogHistogram {
  private static final int VERSION = 1;
  private static final int SHIFT = 52 - 6;

  private LongCounts buckets = new LongCounts();
  private long nans;

  /** Adds one value. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      nans++;
    } else {
      buckets.add(OrderedBits.of(value) >> SHIFT);
    }
  }

  /** Adds one value {@code times} (at least 1) times. */
  public void add(double value, long times) {
    if (Double.isNaN(value)) {
      nans += times;
    } else {
      buckets.add(OrderedBits.of(value) >> SHIFT, times);
    }
  }

  /** Adds {@code values[0, size)}: the same as one by one, faster. */
  public void add(double[] values, int size) {
    long[] found = new long[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      found[count] = OrderedBits.of(values[i]) >> SHIFT;
      count += Double.isNaN(values[i]) ? 0 : 1;
    }
    nans += size - count;
    NumberScratch.room().count(found, count, buckets);
  }

  /** Adds what {@code other} has seen. */
  public void merge(LogHistogram other) {
    buckets.merge(other.buckets);
    nans += other.nans;
  }

  /** Returns the number of values that are not NaN. */
  public long count() {
    return buckets.total();
  }

  /** Returns the number of NaN values. */
  public long nans() {
    return nans;
  }

  /**
   * Returns about the value of rank ⌊(n − 1)·fraction⌋; NaN where there is none.
   *
   * @param fraction in [0, 1]
   */
  public double quantile(double fraction) {
    if (count() == 0) {
      return Double.NaN;
    }
    long rank = (long) ((count() - 1) * fraction);
    long[] seen = {0};
    double[] found = {Double.NaN};
    buckets.forEach(
        (bucket, n) -> {
          if (seen[0] <= rank && rank < seen[0] + n) {
            found[0] = middle(bucket);
          }
          seen[0] += n;
        });
    return found[0];
  }

  /** Hands out the buckets in ascending order, each by its middle. */
  public void forEach(BucketReceiver receiver) {
    buckets.forEach((bucket, n) -> receiver.receive(middle(bucket), n));
  }

  /** Receives buckets. */
  public interface BucketReceiver {
    /** Takes the bucket around {@code middle}, which holds {@code count} values. */
    void receive(double middle, long count);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(nans);
    buckets.write(out);
  }

  /** Returns the histogram whose state was written. */
  public static LogHistogram read(DataInput in) throws IOException {
    State.expect(in, "log histogram", VERSION);
    LogHistogram histogram = new LogHistogram();
    histogram.nans = in.readLong();
    histogram.buckets = LongCounts.read(in);
    return histogram;
  }

  /** The buckets of both infinities reach into the bits of NaN and hold nothing else. */
  private static double middle(long bucket) {
    double from = OrderedBits.toDouble(bucket << SHIFT);
    double to = OrderedBits.toDouble((bucket << SHIFT) + (1L << SHIFT) - 1);
    if (from == 0 || Double.isNaN(to)) {
      return from;
    }
    return Double.isNaN(from) ? to : from + (to - from) / 2;
  }
}
