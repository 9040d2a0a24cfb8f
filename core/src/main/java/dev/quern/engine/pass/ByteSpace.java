package dev.quern.engine.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Growing bytes that numbers are put into and taken from, little endian. Longs go as the distance
 * from their minimum in as few bytes as the largest needs, so constant runs cost nothing.
 */
final class ByteSpace {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int at;

  ByteSpace() {
    this(new byte[1 << 12]);
  }

  /** Reads from {@code bytes}. */
  ByteSpace(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the place of the next number: bytes put so far, or bytes taken so far. */
  int at() {
    return at;
  }

  void reset() {
    at = 0;
  }

  void move(int place) {
    at = place;
  }

  void putByte(int value) {
    room(1);
    bytes[at++] = (byte) value;
  }

  void putInt(int value) {
    room(4);
    INTS.set(bytes, at, value);
    at += 4;
  }

  void putLong(long value) {
    room(8);
    LONGS.set(bytes, at, value);
    at += 8;
  }

  void putBytes(byte[] source, int start, int length) {
    room(length);
    System.arraycopy(source, start, bytes, at, length);
    at += length;
  }

  void putLongs(long[] values, int count) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    int width = count == 0 ? 0 : width(high - low);
    putByte(width);
    if (width < 8) {
      putLong(count == 0 ? 0 : low);
    }
    room(Math.multiplyExact(width, count));
    for (int i = 0; i < count; i++) {
      switch (width) {
        case 1 -> bytes[at] = (byte) (values[i] - low);
        case 2 -> SHORTS.set(bytes, at, (short) (values[i] - low));
        case 4 -> INTS.set(bytes, at, (int) (values[i] - low));
        case 8 -> LONGS.set(bytes, at, values[i]);
        default -> {
          return;
        }
      }
      at += width;
    }
  }

  /** Returns the bytes that {@code range}, unsigned, needs. */
  private static int width(long range) {
    if (range == 0) {
      return 0;
    }
    int bits = 64 - Long.numberOfLeadingZeros(range);
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
  }

  int takeByte() {
    return bytes[at++];
  }

  int takeInt() {
    at += 4;
    return (int) INTS.get(bytes, at - 4);
  }

  long takeLong() {
    at += 8;
    return (long) LONGS.get(bytes, at - 8);
  }

  long[] takeLongs(int count) {
    int width = takeByte();
    long low = width < 8 ? takeLong() : 0;
    long[] values = new long[count];
    switch (width) {
      case 0 -> Arrays.fill(values, low);
      case 1 -> {
        for (int i = 0; i < count; i++) {
          values[i] = low + (bytes[at + i] & 0xffL);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          values[i] = low + ((short) SHORTS.get(bytes, at + 2 * i) & 0xffffL);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          values[i] = low + ((int) INTS.get(bytes, at + 4 * i) & 0xffffffffL);
        }
      }
      case 8 -> {
        for (int i = 0; i < count; i++) {
          values[i] = (long) LONGS.get(bytes, at + 8 * i);
        }
      }
      default -> throw new IllegalStateException("width must be 0, 1, 2, 4 or 8; found: " + width);
    }
    at += width * count;
    return values;
  }

  private void room(int more) {
    int wanted = Math.addExact(at, more);
    if (wanted > bytes.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, wanted));
    }
  }
}
