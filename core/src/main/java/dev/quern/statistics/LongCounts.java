package dev.quern.statistics;

import dev.quern.data.Hash128;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often each long occurs, exactly; memory grows with the number of distinct values (16 bytes
 * each, twice that while growing).
 */
public final class LongCounts {
  private static final int VERSION = 1;

  private long[] keys = new long[64];
  private long[] counts = new long[64];
  private int size;
  private long total;

  /** Receives values with their counts. */
  public interface Receiver {
    /** Takes {@code value}, which occurred {@code count} times. */
    void receive(long value, long count);
  }

  /** Adds one occurrence of {@code value}. */
  public void add(long value) {
    add(value, 1);
  }

  /** Adds {@code occurrences} (at least 1) of {@code value}. */
  public void add(long value, long occurrences) {
    int slot = slot(value);
    if (counts[slot] == 0) {
      keys[slot] = value;
      size++;
    }
    counts[slot] += occurrences;
    total += occurrences;
    if (2 * size > keys.length) {
      grow();
    }
  }

  /**
   * Adds one occurrence of {@code value}, whose {@link Hash128#mix} is {@code mixed}: for callers
   * who need the mix anyway.
   */
  public void addMixed(long value, long mixed) {
    int mask = keys.length - 1;
    int slot = (int) mixed & mask;
    while (counts[slot] != 0 && keys[slot] != value) {
      slot = slot + 1 & mask;
    }
    if (counts[slot]++ == 0) {
      keys[slot] = value;
      size++;
      if (2 * size > keys.length) {
        grow();
      }
    }
    total++;
  }

  /** Adds one occurrence of {@code value} if there is none, and returns whether there was none. */
  boolean addNew(long value) {
    int slot = slot(value);
    if (counts[slot] != 0) {
      return false;
    }
    keys[slot] = value;
    counts[slot] = 1;
    size++;
    total++;
    if (2 * size > keys.length) {
      grow();
    }
    return true;
  }

  /** Hands out all values in any order, for what does not depend on one: cheaper than sorted. */
  public void forEachUnsorted(Receiver receiver) {
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        receiver.receive(keys[i], counts[i]);
      }
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(LongCounts other) {
    for (int i = 0; i < other.keys.length; i++) {
      if (other.counts[i] != 0) {
        add(other.keys[i], other.counts[i]);
      }
    }
  }

  /** Returns the number of distinct values. */
  public int distinct() {
    return size;
  }

  /** Returns the number of occurrences of all values. */
  public long total() {
    return total;
  }

  /** Returns how often {@code value} occurred. */
  public long count(long value) {
    return counts[slot(value)];
  }

  /** Hands out all values in ascending order. */
  public void forEach(Receiver receiver) {
    long[] sorted = new long[size];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        sorted[n++] = keys[i];
      }
    }
    Arrays.sort(sorted);
    for (long value : sorted) {
      receiver.receive(value, count(value));
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeInt(size);
    long[] sorted = new long[size];
    int[] at = {0};
    forEach((value, count) -> sorted[at[0]++] = value);
    for (long value : sorted) {
      out.writeLong(value);
      out.writeLong(count(value));
    }
  }

  /** Returns the counts whose state was written. */
  public static LongCounts read(DataInput in) throws IOException {
    State.expect(in, "long counts", VERSION);
    LongCounts counts = new LongCounts();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long value = in.readLong();
      counts.add(value, in.readLong());
    }
    return counts;
  }

  private int slot(long value) {
    int mask = keys.length - 1;
    int slot = (int) Hash128.mix(value) & mask;
    while (counts[slot] != 0 && keys[slot] != value) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
