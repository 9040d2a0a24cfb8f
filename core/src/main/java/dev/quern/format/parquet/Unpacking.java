package dev.quern.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Unpacks numbers of a few bits, least bits first, several at once from a word of 64 bits. One loop
 * a method, so that each is compiled soon and by itself.
 */
final class Unpacking {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Unpacking() {}

  /**
   * Returns how many numbers of {@code width} bits, in [1, 32], are read at once: as many as lie in
   * the 57 bits that a word holds from any bit of its first byte on.
   */
  static int step(int width) {
    return width <= 7 ? 8 : width <= 14 ? 4 : width <= 28 ? 2 : 1;
  }

  /**
   * Reads {@code into[from, to)}, a multiple of {@link #step}, from bit {@code first} of {@code
   * bytes} on; at the first bit of each step eight bytes must lie ahead.
   */
  static void read(byte[] bytes, long first, int width, int[] into, int from, int to) {
    if (width <= 7) {
      eights(bytes, first, width, into, from, to);
    } else if (width <= 14) {
      fours(bytes, first, width, into, from, to);
    } else {
      others(bytes, first, width, into, from, to);
    }
  }

  private static void eights(byte[] bytes, long first, int width, int[] into, int from, int to) {
    int mask = (1 << width) - 1;
    long next = first;
    for (int i = from; i < to; i += 8) {
      long word = (long) LONGS.get(bytes, (int) (next >>> 3)) >>> (next & 7);
      int low = (int) word;
      int high = (int) (word >>> 4 * width);
      into[i] = low & mask;
      into[i + 1] = low >>> width & mask;
      into[i + 2] = low >>> 2 * width & mask;
      into[i + 3] = low >>> 3 * width & mask;
      into[i + 4] = high & mask;
      into[i + 5] = high >>> width & mask;
      into[i + 6] = high >>> 2 * width & mask;
      into[i + 7] = high >>> 3 * width & mask;
      next += 8L * width;
    }
  }

  private static void fours(byte[] bytes, long first, int width, int[] into, int from, int to) {
    int mask = (1 << width) - 1;
    long next = first;
    for (int i = from; i < to; i += 4) {
      long word = (long) LONGS.get(bytes, (int) (next >>> 3)) >>> (next & 7);
      into[i] = (int) word & mask;
      into[i + 1] = (int) (word >>> width) & mask;
      into[i + 2] = (int) (word >>> 2 * width) & mask;
      into[i + 3] = (int) (word >>> 3 * width) & mask;
      next += 4L * width;
    }
  }

  private static void others(byte[] bytes, long first, int width, int[] into, int from, int to) {
    long mask = (1L << width) - 1;
    long next = first;
    int step = step(width);
    for (int i = from; i < to; i += step) {
      long word = (long) LONGS.get(bytes, (int) (next >>> 3)) >>> (next & 7);
      into[i] = (int) (word & mask);
      if (step == 2) {
        into[i + 1] = (int) (word >>> width & mask);
      }
      next += (long) step * width;
    }
  }

  /** Returns the greatest of {@code numbers[from, to)} as numbers without sign, 0 of none. */
  static int greatest(int[] numbers, int from, int to) {
    int greatest = Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      // Without the sign bit the order of numbers with sign is that of those without.
      greatest = Math.max(greatest, numbers[i] ^ Integer.MIN_VALUE);
    }
    return greatest ^ Integer.MIN_VALUE;
  }
}
