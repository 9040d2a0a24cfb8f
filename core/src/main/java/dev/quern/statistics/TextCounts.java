package dev.quern.statistics;

import dev.quern.data.Hash128;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How often each byte string (a UTF-8 text, a canonical form) occurs, exactly; memory grows with
 * the number of distinct values. For a bound on memory see {@link BottomK}.
 */
public final class TextCounts {
  private static final int VERSION = 1;

  private final Hash128 hash = new Hash128();
  private byte[] arena = new byte[1024];
  private int used;
  private int[] starts = new int[32];
  private int[] lengths = new int[32];
  private long[] hashes = new long[32];
  private long[] counts = new long[32];
  private int[] table = filled(64);
  private int size;
  private long total;

  /** Receives values with their counts. */
  public interface Receiver {
    /** Takes {@code bytes[start, end)}, which occurred {@code count} times. */
    void receive(byte[] bytes, int start, int end, long count);
  }

  /** Receives values with their counts and hashes. */
  public interface HashReceiver {
    /**
     * Takes {@code bytes[start, end)}, which occurred {@code count} times.
     *
     * @param hash the first half of its {@link Hash128} with seed 0
     */
    void receive(byte[] bytes, int start, int end, long count, long hash);
  }

  /** Adds {@code occurrences} (at least 1) of the value {@code bytes[start, end)}. */
  public void add(byte[] bytes, int start, int end, long occurrences) {
    add(bytes, start, end, occurrences, hash.hash(bytes, start, end, 0).high());
  }

  /**
   * Adds {@code occurrences} (at least 1) of the value {@code bytes[start, end)}.
   *
   * @param hashed the first half of its {@link Hash128} with seed 0
   */
  public void add(byte[] bytes, int start, int end, long occurrences, long hashed) {
    int slot = slot(bytes, start, end, hashed);
    int entry = table[slot];
    if (entry < 0) {
      entry = insert(bytes, start, end, hashed);
      table[slot] = entry;
      if (2 * size > table.length) {
        rehash();
      }
    }
    counts[entry] += occurrences;
    total += occurrences;
  }

  /** Adds one occurrence of {@code text}. */
  public void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes, 0, bytes.length, 1);
  }

  /** Adds what {@code other} has seen. */
  public void merge(TextCounts other) {
    for (int i = 0; i < other.size; i++) {
      int start = other.starts[i];
      add(other.arena, start, start + other.lengths[i], other.counts[i], other.hashes[i]);
    }
  }

  /** Returns the number of distinct values. */
  public int distinct() {
    return size;
  }

  /** Returns the bytes of all distinct values. */
  public int bytes() {
    return used;
  }

  /** Returns the number of occurrences of all values. */
  public long total() {
    return total;
  }

  /** Returns how often {@code text} occurred. */
  public long count(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return count(bytes, 0, bytes.length);
  }

  /** Returns how often {@code bytes[start, end)} occurred. */
  public long count(byte[] bytes, int start, int end) {
    int entry = table[slot(bytes, start, end, hash.hash(bytes, start, end, 0).high())];
    return entry < 0 ? 0 : counts[entry];
  }

  /** Hands out all values in the order of their unsigned bytes. */
  public void forEach(Receiver receiver) {
    for (int entry : sorted()) {
      receiver.receive(arena, starts[entry], starts[entry] + lengths[entry], counts[entry]);
    }
  }

  /** Hands out all values in any order, for what does not depend on one: cheaper than sorted. */
  public void forEachUnsorted(HashReceiver receiver) {
    for (int i = 0; i < size; i++) {
      receiver.receive(arena, starts[i], starts[i] + lengths[i], counts[i], hashes[i]);
    }
  }

  /** Hands out the values that occur most, at most {@code limit}; ties in the order of bytes. */
  public void top(int limit, Receiver receiver) {
    int[] entries = sorted();
    // The sort is stable, so ties stay in the order of bytes.
    Order.sort(entries, (a, b) -> Long.compare(counts[b], counts[a]));
    for (int i = 0; i < Math.min(limit, size); i++) {
      int entry = entries[i];
      receiver.receive(arena, starts[entry], starts[entry] + lengths[entry], counts[entry]);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeInt(size);
    for (int entry : sorted()) {
      out.writeInt(lengths[entry]);
      out.write(arena, starts[entry], lengths[entry]);
      out.writeLong(counts[entry]);
    }
  }

  /** Returns the counts whose state was written. */
  public static TextCounts read(DataInput in) throws IOException {
    State.expect(in, "text counts", VERSION);
    TextCounts counts = new TextCounts();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      counts.add(bytes, 0, bytes.length, in.readLong());
    }
    return counts;
  }

  /** Sorts by the first eight bytes, and by the others where these are equal. */
  private int[] sorted() {
    long[] beginnings = new long[size];
    long[] positions = new long[size];
    for (int i = 0; i < size; i++) {
      beginnings[i] = beginning(i);
      positions[i] = i;
    }
    HashSort.sort(beginnings, positions, size);
    int[] entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[i] = (int) positions[i];
    }
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && beginnings[to] == beginnings[from]) {
        to++;
      }
      if (to - from > 1) {
        int[] alike = Arrays.copyOfRange(entries, from, to);
        Order.sort(alike, this::compare);
        System.arraycopy(alike, 0, entries, from, to - from);
      }
      from = to;
    }
    return entries;
  }

  /**
   * Returns the first eight bytes of an entry, zeros behind its end, as a number that orders so.
   */
  private long beginning(int entry) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (i < lengths[entry] ? arena[starts[entry] + i] & 0xff : 0);
    }
    return value ^ Long.MIN_VALUE;
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(
        arena, starts[a], starts[a] + lengths[a], arena, starts[b], starts[b] + lengths[b]);
  }

  private int slot(byte[] bytes, int start, int end, long hashed) {
    int mask = table.length - 1;
    int slot = (int) hashed & mask;
    while (table[slot] >= 0 && !equal(table[slot], bytes, start, end, hashed)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean equal(int entry, byte[] bytes, int start, int end, long hashed) {
    return hashes[entry] == hashed
        && Arrays.equals(arena, starts[entry], starts[entry] + lengths[entry], bytes, start, end);
  }

  private int insert(byte[] bytes, int start, int end, long hashed) {
    if (size == starts.length) {
      int room = 2 * size;
      starts = Arrays.copyOf(starts, room);
      lengths = Arrays.copyOf(lengths, room);
      hashes = Arrays.copyOf(hashes, room);
      counts = Arrays.copyOf(counts, room);
    }
    int length = end - start;
    if (length > arena.length - used) {
      int needed = Math.addExact(used, length);
      arena =
          Arrays.copyOf(
              arena, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * arena.length, needed)));
    }
    System.arraycopy(bytes, start, arena, used, length);
    starts[size] = used;
    lengths[size] = length;
    hashes[size] = hashed;
    used += length;
    return size++;
  }

  private void rehash() {
    table = filled(2 * table.length);
    int mask = table.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = (int) hashes[entry] & mask;
      while (table[slot] >= 0) {
        slot = slot + 1 & mask;
      }
      table[slot] = entry;
    }
  }

  private static int[] filled(int length) {
    int[] table = new int[length];
    Arrays.fill(table, -1);
    return table;
  }
}
