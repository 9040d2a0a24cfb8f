package dev.quern.drift;

import dev.quern.statistics.LongCounts;
import dev.quern.statistics.OrderedBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of numbers in at most {@value #LIMIT} buckets that get as wide as they must: every value
 * by itself while there are few, then values that share the upper bits of their double.
 *
 * <p>The width is the smallest power of two under which the distinct values fit the limit. It
 * depends on the set of values alone, and a part of the values never needs more than the whole, so
 * counts are exact and the state is the same for any order and any parts. Memory: at most 1 MiB.
 */
final class ValueBuckets {
  /** Buckets at most. */
  static final int LIMIT = 16_384;

  private static final int VERSION = 1;

  private LongCounts counts = new LongCounts();
  private int shift;

  /** Receives the buckets of two states in ascending order. */
  interface Receiver {
    /** Takes the bucket that begins at {@code value} with its counts in both states. */
    void receive(double value, long first, long second);
  }

  /** Adds {@code occurrences} of {@code value}, which is finite. */
  void add(double value, long occurrences) {
    counts.add(OrderedBits.of(value) >> shift, occurrences);
    while (counts.distinct() > LIMIT) {
      coarsen(shift + 1);
    }
  }

  void merge(ValueBuckets other) {
    if (other.shift > shift) {
      coarsen(other.shift);
    }
    int finer = shift - other.shift;
    other.counts.forEach((bucket, n) -> counts.add(bucket >> finer, n));
    while (counts.distinct() > LIMIT) {
      coarsen(shift + 1);
    }
  }

  private void coarsen(int wider) {
    LongCounts merged = new LongCounts();
    int more = wider - shift;
    counts.forEach((bucket, n) -> merged.add(bucket >> more, n));
    counts = merged;
    shift = wider;
  }

  /** Returns the number of values. */
  long total() {
    return counts.total();
  }

  /** Hands out the buckets of {@code a} and {@code b}, both in the width of the wider ones. */
  static void forEach(ValueBuckets a, ValueBuckets b, Receiver receiver) {
    int wide = Math.max(a.shift, b.shift);
    LongCounts all = new LongCounts();
    LongCounts first = a.under(wide);
    LongCounts second = b.under(wide);
    first.forEach((bucket, n) -> all.add(bucket));
    second.forEach((bucket, n) -> all.add(bucket));
    all.forEach(
        (bucket, n) ->
            receiver.receive(
                OrderedBits.toDouble(bucket << wide), first.count(bucket), second.count(bucket)));
  }

  private LongCounts under(int wide) {
    if (wide == shift) {
      return counts;
    }
    LongCounts merged = new LongCounts();
    int more = wide - shift;
    counts.forEach((bucket, n) -> merged.add(bucket >> more, n));
    return merged;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(shift);
    counts.write(out);
  }

  static ValueBuckets read(DataInput in) throws IOException {
    States.expect(in, "value buckets", VERSION);
    ValueBuckets buckets = new ValueBuckets();
    buckets.shift = in.readUnsignedByte();
    buckets.counts = LongCounts.read(in);
    return buckets;
  }
}
