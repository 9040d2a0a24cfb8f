package dev.quern.statistics;

import dev.quern.data.Hash128;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * How often each value occurs, values known by their 128-bit hash only: exact unless two of them
 * collide (n = 10^9 distinct values: probability below 10^-20). 24 bytes per distinct value,
 * whatever its size, and no value can be read back from it.
 *
 * <p>Also how often each pair of values occurs, each known by 64 bits: {@link #forEach} hands out
 * all pairs of one first value together (n = 10^6 distinct first values: probability of a collision
 * below 10^-7).
 */
public final class HashCounts {
  private static final int VERSION = 1;

  private long[] highs = new long[64];
  private long[] lows = new long[64];
  private long[] counts = new long[64];
  private int size;
  private int once;
  private long total;

  /** Adds one occurrence of the value that {@code hash} was computed of. */
  public void add(Hash128 hash) {
    add(hash.high(), hash.low(), 1);
  }

  /**
   * Adds {@code occurrences} (at least 1) of the value, or pair of values, known as {@code high}
   * and {@code low}.
   */
  public void add(long high, long low, long occurrences) {
    int slot = slot(high, low);
    if (counts[slot] == 0) {
      highs[slot] = high;
      lows[slot] = low;
      size++;
      once += occurrences == 1 ? 1 : 0;
    } else {
      once -= counts[slot] == 1 ? 1 : 0;
    }
    counts[slot] += occurrences;
    total += occurrences;
    if (2 * size > counts.length) {
      grow();
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(HashCounts other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] != 0) {
        add(other.highs[i], other.lows[i], other.counts[i]);
      }
    }
  }

  /** Returns whether the value that {@code hash} was computed of has occurred. */
  public boolean contains(Hash128 hash) {
    return contains(hash.high(), hash.low());
  }

  /** Returns whether the value, or pair of values, known as {@code high} and {@code low} has. */
  public boolean contains(long high, long low) {
    return counts[slot(high, low)] != 0;
  }

  /** Returns the values that occurred more than once, with their counts. */
  public HashCounts repeated() {
    HashCounts repeated = new HashCounts();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 1) {
        repeated.add(highs[i], lows[i], counts[i]);
      }
    }
    return repeated;
  }

  /** Receives values, or pairs of values, with their counts. */
  public interface Receiver {
    /** Takes the value known as {@code high} and {@code low}, which occurred so often. */
    void receive(long high, long low, long count);
  }

  /** Hands out all values, ascending by their unsigned high and then low halves. */
  public void forEach(Receiver receiver) {
    for (int slot : sorted()) {
      receiver.receive(highs[slot], lows[slot], counts[slot]);
    }
  }

  /** Hands out the hashes of values that occurred more than once, in any order. */
  public void forEachRepeated(Receiver receiver) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 1) {
        receiver.receive(highs[i], lows[i], counts[i]);
      }
    }
  }

  /** Returns the number of distinct values. */
  public int distinct() {
    return size;
  }

  /** Returns the number of values that occurred exactly once. */
  public int once() {
    return once;
  }

  /** Returns the number of occurrences of all values. */
  public long total() {
    return total;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeInt(size);
    for (int slot : sorted()) {
      out.writeLong(highs[slot]);
      out.writeLong(lows[slot]);
      out.writeLong(counts[slot]);
    }
  }

  private int[] sorted() {
    int[] slots = new int[size];
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        slots[n++] = i;
      }
    }
    Order.sort(
        slots,
        (a, b) -> {
          int order = Long.compareUnsigned(highs[a], highs[b]);
          return order != 0 ? order : Long.compareUnsigned(lows[a], lows[b]);
        });
    return slots;
  }

  /** Returns the counts whose state was written. */
  public static HashCounts read(DataInput in) throws IOException {
    State.expect(in, "hash counts", VERSION);
    HashCounts counts = new HashCounts();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long high = in.readLong();
      long low = in.readLong();
      counts.add(high, low, in.readLong());
    }
    return counts;
  }

  private int slot(long high, long low) {
    int mask = counts.length - 1;
    // Of pairs many have the same first value: both halves decide.
    int slot = (int) Hash128.mix(high ^ Long.rotateLeft(low, 32)) & mask;
    while (counts[slot] != 0 && (highs[slot] != high || lows[slot] != low)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    long[] oldCounts = counts;
    highs = new long[2 * oldHighs.length];
    lows = new long[highs.length];
    counts = new long[highs.length];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldHighs[i], oldLows[i]);
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /** Returns the state as text, 32 characters for each value, which {@link #decoded} reads. */
  public String encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * Returns the counts that were {@link #encoded}.
   *
   * @throws UncheckedIOException if {@code text} ends too early
   */
  public static HashCounts decoded(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
