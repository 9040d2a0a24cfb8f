package dev.quern.privacy.anonymity;

import dev.quern.data.Hash128;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers for the values of one field, in the order they are met; 0 stands for a missing one. */
final class ValueCodes {
  private final Hash128 hash = new Hash128();
  private byte[] arena = new byte[256];
  private int used;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private long[] hashes = new long[16];
  private int[] table = new int[32];
  private int size;

  /** Returns the code of the value {@code bytes[start, end)}, at least 1. */
  int code(byte[] bytes, int start, int end) {
    long hashed = hash.hash(bytes, start, end, 0).high();
    int mask = table.length - 1;
    int slot = (int) hashed & mask;
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      if (hashes[entry] == hashed
          && Arrays.equals(arena, starts[entry], ends[entry], bytes, start, end)) {
        return entry + 1;
      }
      slot = slot + 1 & mask;
    }
    insert(bytes, start, end, hashed);
    table[slot] = size;
    if (2 * size > table.length) {
      grow();
    }
    return size;
  }

  private void insert(byte[] bytes, int start, int end, long hashed) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    int length = end - start;
    if (length > arena.length - used) {
      arena = Arrays.copyOf(arena, Math.max(2 * arena.length, Math.addExact(used, length)));
    }
    System.arraycopy(bytes, start, arena, used, length);
    starts[size] = used;
    ends[size] = used + length;
    hashes[size] = hashed;
    used += length;
    size++;
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = (int) hashes[entry] & mask;
      while (table[slot] != 0) {
        slot = slot + 1 & mask;
      }
      table[slot] = entry + 1;
    }
  }

  /** Returns the number of values, without the missing one. */
  int size() {
    return size;
  }

  /** Returns the codes in the order of the values' unsigned bytes. */
  int[] sorted() {
    Integer[] order = new Integer[size];
    for (int i = 0; i < size; i++) {
      order[i] = i + 1;
    }
    Arrays.sort(order, (a, b) -> compare(a - 1, b - 1));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(arena, starts[a], ends[a], arena, starts[b], ends[b]);
  }

  /** Returns the UTF-8 bytes of the value {@code code}, which is at least 1. */
  byte[] bytes(int code) {
    return Arrays.copyOfRange(arena, starts[code - 1], ends[code - 1]);
  }

  String text(int code) {
    int start = starts[code - 1];
    return new String(arena, start, ends[code - 1] - start, StandardCharsets.UTF_8);
  }
}
