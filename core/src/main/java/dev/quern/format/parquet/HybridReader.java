package dev.quern.format.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the hybrid of runs and bit-packed groups in which levels, codes and bools are stored
 * (Parquet format, Encodings: RLE = 3). Nothing is allocated for what a header claims, and values
 * whose bytes are not there are told instead of read as zeros. Not safe for several threads.
 */
final class HybridReader {
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

  int next() throws IOException {
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
    int from = (int) (bit >>> 3);
    int shift = (int) bit & 7;
    long word;
    if (from + 8 <= end) {
      word = (long) LONGS.get(bytes, from);
    } else {
      int size = (shift + width + 7) / 8;
      if (size > end - from) {
        throw missing();
      }
      word = 0;
      for (int i = 0; i < size; i++) {
        word |= (bytes[from + i] & 0xffL) << (8 * i);
      }
    }
    return (int) (word >>> shift & (1L << width) - 1);
  }

  private static IOException missing() {
    return new IOException("a page must hold the values it claims");
  }
}
