package dev.quern.format.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the hybrid of runs and bit-packed groups in which levels, codes and bools are stored
 * (Parquet format, Encodings: RLE = 3). Nothing is allocated for what a header claims, and values
 * whose bytes are not there are told instead of read as zeros. Not safe for several threads.
 */
final class HybridReader implements Levels {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final int width;
  private final int most;
  private int at;

  /** Values left of the run, or of the groups. */
  private long left;

  private boolean packed;
  private int value;

  /** The next bit of the groups, counted from the first byte of {@link #bytes}. */
  private long bit;

  /**
   * Reads {@code data}.
   *
   * @param width bits of a value, in [0, 32]
   * @param most the greatest value there may be
   */
  HybridReader(ByteBuffer data, int width, int most) throws IOException {
    if (width < 0 || width > 32) {
      throw new IOException("values must have at most 32 bits");
    }
    if (data.hasArray()) {
      bytes = data.array();
      at = data.arrayOffset() + data.position();
    } else {
      bytes = new byte[data.remaining()];
      data.duplicate().get(bytes);
    }
    end = at + data.remaining();
    this.width = width;
    this.most = most;
  }

  /** Returns the bits that values up to {@code most} need. */
  static int width(int most) {
    return 32 - Integer.numberOfLeadingZeros(most);
  }

  @Override
  public int next() throws IOException {
    if (width == 0) {
      return 0;
    }
    while (left == 0) {
      begin();
    }
    left--;
    if (packed) {
      value = unpacked();
      bit += width;
    }
    if (Integer.compareUnsigned(value, most) > 0) {
      throw new IOException("a value must be at most " + most);
    }
    return value;
  }

  @Override
  public void read(int[] into, int from, int count) throws IOException {
    if (width == 0) {
      Arrays.fill(into, from, from + count, 0);
      return;
    }
    for (int done = 0; done < count; ) {
      while (left == 0) {
        begin();
      }
      int run = (int) Math.min(left, count - done);
      if (packed) {
        unpack(into, from + done, run);
      } else {
        check(Integer.toUnsignedLong(value));
        Arrays.fill(into, from + done, from + done + run, value);
      }
      left -= run;
      done += run;
    }
  }

  @Override
  public int present(long[] absent, int from, int count) throws IOException {
    if (width != 1) {
      return Levels.super.present(absent, from, count);
    }
    int present = 0;
    for (int done = 0; done < count; ) {
      while (left == 0) {
        begin();
      }
      int run = (int) Math.min(left, count - done);
      if (packed) {
        // A word of bytes holds at least this many bits from any bit of its first byte on.
        run = Math.min(Math.min(run, 56), 64 - (from + done & 63));
        long bits = word(run) & (1L << run) - 1;
        absent[from + done >>> 6] |= (bits ^ (1L << run) - 1) << from + done;
        present += Long.bitCount(bits);
        bit += run;
      } else {
        run = Math.min(run, 64 - (from + done & 63));
        check(Integer.toUnsignedLong(value));
        if (value == 0) {
          absent[from + done >>> 6] |= -1L >>> 64 - run << from + done;
        }
        present += value * run;
      }
      left -= run;
      done += run;
    }
    return present;
  }

  private void check(long read) throws IOException {
    if (read > Integer.toUnsignedLong(most)) {
      throw new IOException("a value must be at most " + most);
    }
  }

  private void unpack(int[] into, int from, int count) throws IOException {
    // Behind this bit no whole word can be loaded.
    long last = (end - 8) * 8L + 7;
    int whole = last < bit ? 0 : (int) Math.min(count, (last - bit) / width + 1);
    int done = whole & -Unpacking.step(width);
    Unpacking.read(bytes, bit, width, into, from, from + done);
    int greatest = Unpacking.greatest(into, from, from + done);
    bit += (long) done * width;
    for (int i = from + done; i < from + count; i++) {
      into[i] = unpacked();
      greatest = greater(greatest, into[i]);
      bit += width;
    }
    check(Integer.toUnsignedLong(greatest));
  }

  private static int greater(int a, int b) {
    return Integer.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private void begin() throws IOException {
    int header = header();
    packed = (header & 1) != 0;
    if (packed) {
      long groups = header >>> 1;
      left = groups * 8;
      bit = at * 8L;
      // The padding of the last group may be missing.
      at = (int) Math.min(end, at + groups * width);
      return;
    }
    left = header >>> 1;
    int size = (width + 7) / 8;
    if (size > end - at) {
      throw missing();
    }
    value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[at++] & 0xff) << (8 * i);
    }
  }

  private int header() throws IOException {
    int header = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at == end) {
        throw missing();
      }
      byte b = bytes[at++];
      header |= (b & 0x7f) << shift;
      if (b >= 0) {
        return header;
      }
    }
    throw new IOException("the length of a run must have at most 5 bytes");
  }

  private int unpacked() throws IOException {
    return (int) (word(width) & (1L << width) - 1);
  }

  /** Returns the next {@code size} bits, at most 57, and others above them. */
  private long word(int size) throws IOException {
    int from = (int) (bit >>> 3);
    int shift = (int) bit & 7;
    if (from + 8 <= end) {
      return (long) LONGS.get(bytes, from) >>> shift;
    }
    int needed = (shift + size + 7) / 8;
    if (needed > end - from) {
      throw missing();
    }
    long word = 0;
    for (int i = 0; i < needed; i++) {
      word |= (bytes[from + i] & 0xffL) << (8 * i);
    }
    return word >>> shift;
  }

  private static IOException missing() {
    return new IOException("a page must hold the values it claims");
  }
}
