package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many longs lie where, in bounded memory: exact up to {@value #MOST} distinct values, then in
 * buckets of 2^k neighbours with the smallest k that leaves at most so many buckets.
 *
 * <p>A set of values has at least as many buckets as each of its parts, so k depends on the whole
 * alone, in whatever order and parts it was seen.
 */
public final class CoarseCounts {
  /** Buckets that are held at most: 1 MiB of counts, twice that while growing. */
  public static final int MOST = 1 << 16;

  private static final int VERSION = 1;

  private LongCounts buckets = new LongCounts();
  private int shift;

  /** Receives buckets. */
  public interface Receiver {
    /** Takes the {@code count} values of [{@code from}, {@code to}], both inclusive. */
    void receive(long from, long to, long count);
  }

  /** Adds one value. */
  public void add(long value) {
    buckets.add(value >> shift);
    coarsen();
  }

  /** Adds what {@code other} has seen. */
  public void merge(CoarseCounts other) {
    int common = Math.max(shift, other.shift);
    raise(common);
    int more = common - other.shift;
    other.buckets.forEachUnsorted((bucket, count) -> buckets.add(bucket >> more, count));
    coarsen();
  }

  private void coarsen() {
    while (buckets.distinct() > MOST) {
      raise(shift + 1);
    }
  }

  private void raise(int wanted) {
    if (wanted > shift) {
      int more = wanted - shift;
      LongCounts fine = buckets;
      buckets = new LongCounts();
      fine.forEachUnsorted((bucket, count) -> buckets.add(bucket >> more, count));
      shift = wanted;
    }
  }

  /** Returns the number of values. */
  public long total() {
    return buckets.total();
  }

  /** Returns whether every value is known exactly. */
  public boolean isExact() {
    return shift == 0;
  }

  /** Hands out all buckets in ascending order. */
  public void forEach(Receiver receiver) {
    long width = (1L << shift) - 1;
    buckets.forEach(
        (bucket, count) -> receiver.receive(bucket << shift, (bucket << shift) + width, count));
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeByte(shift);
    buckets.write(out);
  }

  /** Returns the counts whose state was written. */
  public static CoarseCounts read(DataInput in) throws IOException {
    State.expect(in, "coarse counts", VERSION);
    CoarseCounts counts = new CoarseCounts();
    counts.shift = in.readUnsignedByte();
    counts.buckets = LongCounts.read(in);
    return counts;
  }
}
