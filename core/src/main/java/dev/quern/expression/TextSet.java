package dev.quern.expression;

import java.util.Arrays;
import java.util.List;

/** A set of byte strings that is asked without copying: open addressing, at most half full. */
final class TextSet {
  private final byte[][] slots;
  private final boolean[] taken;
  private final int mask;
  private final byte[] only;
  private final boolean single;
  private boolean filled;

  TextSet(List<byte[]> texts) {
    int room = Integer.highestOneBit(Math.max(2, texts.size() * 2)) * 2;
    slots = new byte[room][];
    taken = new boolean[room];
    mask = room - 1;
    single = texts.size() == 1;
    only = single ? texts.get(0) : new byte[0];
    for (byte[] text : texts) {
      if (!contains(text, 0, text.length)) {
        int slot = hash(text, 0, text.length) & mask;
        while (taken[slot]) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = text;
        taken[slot] = true;
      }
    }
    filled = true;
  }

  boolean contains(byte[] bytes, int start, int end) {
    if (single && filled) {
      return end - start == only.length && Arrays.equals(bytes, start, end, only, 0, only.length);
    }
    int slot = hash(bytes, start, end) & mask;
    while (taken[slot]) {
      if (Arrays.equals(bytes, start, end, slots[slot], 0, slots[slot].length)) {
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 16);
  }
}
