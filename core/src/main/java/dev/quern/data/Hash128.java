package dev.quern.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3, variant x64 128 (Appleby 2011), over a growing buffer; fast and well mixed, not
 * secret: for identities, partitions and draws, never for passwords or pseudonyms.
 *
 * <p>An instance is reused: {@link #reset}, {@code put…}, {@link #finish}, {@link #high}, {@link
 * #low}. Not safe for several threads.
 */
public final class Hash128 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private byte[] buffer = new byte[64];
  private int length;
  private long high;
  private long low;

  /** State after the whole blocks of the beginning, and the bytes behind them. */
  private long first;

  private long second;
  private long rest;
  private long moreRest;
  private int beginning;

  /** Forgets what was put. */
  public Hash128 reset() {
    length = 0;
    return this;
  }

  /** Appends 8 bytes. */
  public Hash128 putLong(long value) {
    room(8);
    LONGS.set(buffer, length, value);
    length += 8;
    return this;
  }

  /** Appends one byte. */
  public Hash128 putByte(int value) {
    room(1);
    buffer[length++] = (byte) value;
    return this;
  }

  /**
   * Appends the length and the UTF-8 bytes of {@code text}, so that neighbours cannot run together.
   */
  public Hash128 putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return putLong(bytes.length).putBytes(bytes, 0, bytes.length);
  }

  /** Appends the bytes in [start, end). */
  public Hash128 putBytes(byte[] bytes, int start, int end) {
    room(end - start);
    System.arraycopy(bytes, start, buffer, length, end - start);
    length += end - start;
    return this;
  }

  /** Computes the hash of all that was put since {@link #reset}. */
  public Hash128 finish() {
    hash(buffer, 0, length, 0);
    return this;
  }

  /** Computes the hash of the bytes in [start, end) with {@code seed}, without copying them. */
  public Hash128 hash(byte[] bytes, int start, int end, long seed) {
    long h1 = seed;
    long h2 = seed;
    int at = start;
    for (; at + 16 <= end; at += 16) {
      h1 = first(h1, h2, (long) LONGS.get(bytes, at));
      h2 = second(h1, h2, (long) LONGS.get(bytes, at + 8));
    }
    return end(h1, h2, little(bytes, at, end), little(bytes, at + 8, end), end - start);
  }

  /** Computes the hash of the nine bytes of {@code tag} and {@code value}, with seed 0. */
  public Hash128 tagged(int tag, long value) {
    return end(0, 0, value << 8 | tag & 0xffL, value >>> 56, 9);
  }

  /** Makes all that was put since {@link #reset} the beginning of what {@link #then} hashes. */
  public Hash128 begin() {
    first = 0;
    second = 0;
    int at = 0;
    for (; at + 16 <= length; at += 16) {
      first = first(first, second, (long) LONGS.get(buffer, at));
      second = second(first, second, (long) LONGS.get(buffer, at + 8));
    }
    rest = little(buffer, at, length);
    moreRest = little(buffer, at + 8, length);
    beginning = length;
    return this;
  }

  /** Computes the hash of the beginning and the 16 bytes of {@code a} and {@code b} behind it. */
  public Hash128 then(long a, long b) {
    int left = (beginning & 7) << 3;
    // What a word holds of its number, and what of that number falls into the next word.
    long a0 = a << left;
    long a1 = left == 0 ? 0 : a >>> (64 - left);
    long b0 = b << left;
    long b1 = left == 0 ? 0 : b >>> (64 - left);
    boolean half = (beginning & 8) != 0;
    long w0 = half ? rest : rest | a0;
    long w1 = half ? moreRest | a0 : a1 | b0;
    long h1 = first(first, second, w0);
    long h2 = second(h1, second, w1);
    return end(h1, h2, half ? a1 | b0 : b1, half ? b1 : 0, beginning + 16);
  }

  /**
   * Puts the hashes of the beginning and each of {@code from}, {@code from + 1} … as its next 8
   * bytes, 8 zeros behind them, into {@code highs} and {@code lows}, and those numbers into {@code
   * numbers}.
   */
  void thenInTurn(long from, long[] highs, long[] lows, long[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from + i;
      then(from + i, 0);
      highs[i] = high;
      lows[i] = low;
    }
  }

  private static long first(long h1, long h2, long k1) {
    return (Long.rotateLeft(h1 ^ Long.rotateLeft(k1 * C1, 31) * C2, 27) + h2) * 5 + 0x52dce729;
  }

  private static long second(long h1, long h2, long k2) {
    return (Long.rotateLeft(h2 ^ Long.rotateLeft(k2 * C2, 33) * C1, 31) + h1) * 5 + 0x38495ab5;
  }

  /** Returns up to eight bytes from {@code at} on as a number, the first one lowest. */
  private static long little(byte[] bytes, int at, int end) {
    if (at + 8 <= end) {
      return (long) LONGS.get(bytes, at);
    }
    long value = 0;
    for (int i = end - 1; i >= at; i--) {
      value = value << 8 | bytes[i] & 0xffL;
    }
    return value;
  }

  private Hash128 end(long last1, long last2, long k1, long k2, int size) {
    long h2 = last2 ^ Long.rotateLeft(k2 * C2, 33) * C1;
    long h1 = last1 ^ Long.rotateLeft(k1 * C1, 31) * C2;
    h1 ^= size;
    h2 ^= size;
    h1 += h2;
    h2 += h1;
    h1 = mix(h1);
    h2 = mix(h2);
    h1 += h2;
    h2 += h1;
    high = h1;
    low = h2;
    return this;
  }

  /** Returns the first 64 bits of the last hash. */
  public long high() {
    return high;
  }

  /** Returns the last 64 bits of the last hash. */
  public long low() {
    return low;
  }

  /** Returns {@code value} with all bits mixed (the finaliser of MurmurHash3). */
  public static long mix(long value) {
    long v = value;
    v = (v ^ (v >>> 33)) * 0xff51afd7ed558ccdL;
    v = (v ^ (v >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return v ^ (v >>> 33);
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }
}
