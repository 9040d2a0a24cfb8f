package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The smallest and largest of some longs; for doubles see {@link OrderedBits}. */
public final class Extrema {
  private static final int VERSION = 1;

  private long count;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /** Adds one value. */
  public void add(long value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Adds what {@code other} has seen. */
  public void merge(Extrema other) {
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** Returns the number of values. */
  public long count() {
    return count;
  }

  /** Returns the smallest value, {@link Long#MAX_VALUE} where there is none. */
  public long min() {
    return min;
  }

  /** Returns the largest value, {@link Long#MIN_VALUE} where there is none. */
  public long max() {
    return max;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(count);
    out.writeLong(min);
    out.writeLong(max);
  }

  /** Returns the extrema whose state was written. */
  public static Extrema read(DataInput in) throws IOException {
    State.expect(in, "extrema", VERSION);
    Extrema extrema = new Extrema();
    extrema.count = in.readLong();
    extrema.min = in.readLong();
    extrema.max = in.readLong();
    return extrema;
  }
}
