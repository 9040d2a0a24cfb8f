package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The {@code k} smallest, as signed numbers, of the 64-bit hashes of values, each with the exact
 * number of its occurrences: a uniform sample of the distinct values in bounded memory, without the
 * values.
 *
 * <p>A hash among the k smallest of the whole is among the k smallest of every part, so its count
 * is complete whatever the parts were (Bar-Yossef et al. 2002). Exact for all values while there
 * are at most {@code k}; from there on the share of values that occur once has a standard error of
 * at most 1 / (2·√k).
 */
public final class SmallestHashes {
  private static final int VERSION = 1;

  private final int capacity;

  /** The first {@code size} are distinct and ascending once settled; others wait behind them. */
  private long[] hashes = {};

  private long[] counts = {};
  private int size;
  private boolean settled = true;
  private boolean complete = true;
  private long total;

  /** The largest hash that may still be among the smallest. */
  private long threshold = Long.MAX_VALUE;

  /** Makes an empty sample of at most {@code capacity} (at least 1) hashes. */
  public SmallestHashes(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1 (hashes); found: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds one occurrence of the value of {@code hash}. */
  public void add(long hash) {
    add(hash, 1);
  }

  /** Adds one occurrence of each of the values of {@code added[from, to)}. */
  public void add(long[] added, int from, int to) {
    total += to - from;
    for (int i = from; i < to; i++) {
      if (added[i] <= threshold) {
        keep(added[i], 1);
      }
    }
  }

  /**
   * Adds {@code occurrences[i]} (at least 1) of the value of each {@code added[i]} in [0, size).
   */
  public void add(long[] added, long[] occurrences, int size) {
    for (int i = 0; i < size; i++) {
      total += occurrences[i];
      if (added[i] <= threshold) {
        keep(added[i], occurrences[i]);
      }
    }
  }

  /** Adds {@code occurrences} (at least 1) of the value of {@code hash}. */
  public void add(long hash, long occurrences) {
    total += occurrences;
    if (hash <= threshold) {
      keep(hash, occurrences);
    }
  }

  private void keep(long hash, long occurrences) {
    if (size == hashes.length) {
      // Settled seldom: what is among the smallest in the end is never what is cut away before.
      if (size >= 4 * capacity) {
        settle();
      }
      if (size == hashes.length) {
        int room = Math.max(64, Math.min(4 * capacity, 4 * hashes.length));
        hashes = Arrays.copyOf(hashes, room);
        counts = Arrays.copyOf(counts, room);
      }
    }
    hashes[size] = hash;
    counts[size++] = occurrences;
    settled = false;
  }

  /** Adds what {@code other} has seen. */
  public void merge(SmallestHashes other) {
    other.settle();
    for (int i = 0; i < other.size; i++) {
      keep(other.hashes[i], other.counts[i]);
    }
    total += other.total;
    complete &= other.complete;
    settle();
  }

  /** Returns whether all distinct values are here: then every figure is exact. */
  public boolean isComplete() {
    settle();
    return complete;
  }

  /** Returns the number of occurrences of all values, whether here or not. */
  public long total() {
    return total;
  }

  /** Returns the number of distinct values here. */
  public int size() {
    settle();
    return size;
  }

  /** Returns the number of occurrences of the values here. */
  public long occurrences() {
    settle();
    return Arrays.stream(counts, 0, size).sum();
  }

  /** Returns how many of the values here occurred exactly once. */
  public int once() {
    settle();
    return (int) Arrays.stream(counts, 0, size).filter(count -> count == 1).count();
  }

  /** Returns the number of occurrences beyond the first of each value, exact or estimated. */
  public double repeats() {
    return isComplete() ? total - size() : total * (1 - (double) size() / occurrences());
  }

  /** Puts equal hashes together, in ascending order, and keeps the smallest. */
  private void settle() {
    if (settled) {
      return;
    }
    HashSort.sort(hashes, counts, size);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (distinct > 0 && hashes[i] == hashes[distinct - 1]) {
        counts[distinct - 1] += counts[i];
      } else if (distinct < capacity) {
        hashes[distinct] = hashes[i];
        counts[distinct++] = counts[i];
      } else {
        complete = false;
        threshold = hashes[capacity - 1];
        break;
      }
    }
    size = distinct;
    settled = true;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    settle();
    State.begin(out, VERSION);
    out.writeInt(capacity);
    out.writeLong(total);
    out.writeBoolean(complete);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(hashes[i]);
      out.writeLong(counts[i]);
    }
  }

  /** Returns the sample whose state was written. */
  public static SmallestHashes read(DataInput in) throws IOException {
    State.expect(in, "smallest hashes", VERSION);
    SmallestHashes sample = new SmallestHashes(in.readInt());
    sample.total = in.readLong();
    sample.complete = in.readBoolean();
    sample.size = in.readInt();
    sample.hashes = new long[sample.size];
    sample.counts = new long[sample.size];
    for (int i = 0; i < sample.size; i++) {
      sample.hashes[i] = in.readLong();
      sample.counts[i] = in.readLong();
    }
    if (!sample.complete) {
      sample.threshold = sample.hashes[sample.size - 1];
    }
    return sample;
  }
}
