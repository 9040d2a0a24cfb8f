package dev.quern.statistics;

import dev.quern.data.Hash128;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code k} distinct byte strings with the smallest hashes, each with its exact count: a
 * uniform sample of the distinct values in bounded memory, for profiles. Exact for all values while
 * there are at most {@code k}.
 *
 * <p>A value among the k smallest of the whole is among the k smallest of every part, so its count
 * is complete whatever the parts were.
 */
public final class BottomK {
  private static final int VERSION = 1;

  private final Hash128 hash = new Hash128();
  private final int capacity;
  private final TreeMap<Key, Entry> entries = new TreeMap<>();
  private long total;
  private boolean complete = true;

  private record Key(long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  private static final class Entry {
    final byte[] bytes;
    long count;

    Entry(byte[] bytes, long count) {
      this.bytes = bytes;
      this.count = count;
    }
  }

  /** Makes an empty sample of at most {@code capacity} (at least 1) values. */
  public BottomK(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1 (values); found: " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds {@code occurrences} of the value {@code bytes[start, end)}. */
  public void add(byte[] bytes, int start, int end, long occurrences) {
    total += occurrences;
    hash.hash(bytes, start, end, 0);
    if (!complete && Long.compareUnsigned(hash.high(), entries.lastKey().high()) > 0) {
      return;
    }
    Key key = new Key(hash.high(), hash.low());
    Entry entry = entries.get(key);
    if (entry != null) {
      entry.count += occurrences;
      return;
    }
    if (complete || key.compareTo(entries.lastKey()) < 0) {
      entries.put(key, new Entry(Arrays.copyOfRange(bytes, start, end), occurrences));
      trim();
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(BottomK other) {
    other.entries.forEach(
        (key, entry) -> {
          Entry mine = entries.get(key);
          if (mine == null) {
            entries.put(key, new Entry(entry.bytes, entry.count));
          } else {
            mine.count += entry.count;
          }
        });
    total += other.total;
    complete &= other.complete;
    trim();
  }

  /** Returns whether all distinct values are here: then the counts are exact, else a sample. */
  public boolean isComplete() {
    return complete;
  }

  /** Returns the number of occurrences of all values, whether here or not. */
  public long total() {
    return total;
  }

  /** Returns the number of distinct values here. */
  public int size() {
    return entries.size();
  }

  /** Hands out the values here in the order of their hashes. */
  public void forEach(TextCounts.Receiver receiver) {
    entries
        .values()
        .forEach(entry -> receiver.receive(entry.bytes, 0, entry.bytes.length, entry.count));
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeInt(capacity);
    out.writeLong(total);
    out.writeBoolean(complete);
    out.writeInt(entries.size());
    for (Map.Entry<Key, Entry> entry : entries.entrySet()) {
      byte[] bytes = entry.getValue().bytes;
      out.writeInt(bytes.length);
      out.write(bytes);
      out.writeLong(entry.getValue().count);
    }
  }

  /** Returns the sample whose state was written. */
  public static BottomK read(DataInput in) throws IOException {
    State.expect(in, "bottom k", VERSION);
    BottomK sample = new BottomK(in.readInt());
    long total = in.readLong();
    boolean complete = in.readBoolean();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      sample.add(bytes, 0, bytes.length, in.readLong());
    }
    sample.total = total;
    sample.complete = complete;
    return sample;
  }

  private void trim() {
    while (entries.size() > capacity) {
      entries.pollLastEntry();
      complete = false;
    }
  }
}
