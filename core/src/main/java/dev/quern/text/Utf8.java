package dev.quern.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks of UTF-8 bytes (RFC 3629), eight bytes at a time where they are ASCII. */
public final class Utf8 {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;

  private Utf8() {}

  /** Returns whether {@code bytes[start, end)} holds ASCII only. */
  public static boolean isAscii(byte[] bytes, int start, int end) {
    return endOfAscii(bytes, start, end) == end;
  }

  /** Returns whether {@code bytes[start, end)} is well-formed. */
  public static boolean isValid(byte[] bytes, int start, int end) {
    return firstMalformed(bytes, start, end) < 0;
  }

  /**
   * Returns where the first sequence starts that is not well-formed (overlong forms, surrogates and
   * values above U+10FFFF included), or -1.
   */
  public static int firstMalformed(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      int lead = bytes[at];
      if (lead >= 0) {
        at = endOfAscii(bytes, at, end);
      } else if (lead < -32 && lead >= -62 && at + 1 < end && bytes[at + 1] < -64) {
        at += 2;
      } else if (at + 8 <= end && areTwoOfThree((long) LONGS.get(bytes, at))) {
        at += 6;
      } else {
        int length = sequence(bytes, at, end);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return -1;
  }

  /** Whether two sequences of three bytes stand here whose leads allow any second byte. */
  private static boolean areTwoOfThree(long word) {
    if ((word & 0xc0c0f0c0c0f0L) != 0x8080e08080e0L) {
      return false;
    }
    int lead = (int) word & 15;
    int next = (int) (word >>> 24) & 15;
    return lead != 0 && lead != 13 && next != 0 && next != 13;
  }

  /**
   * Returns the length of the well-formed sequence that starts at {@code at}: 1 to 4, or 0 if there
   * is none.
   */
  public static int sequence(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Returns where the byte {@code wanted} stands first, or {@code end}. */
  public static int indexOf(byte wanted, byte[] bytes, int start, int end) {
    long pattern = (wanted & 0xffL) * ONES;
    int at = start;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at) ^ pattern;
      long hits = (word - ONES) & ~word & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Returns how often the byte {@code wanted} stands in {@code bytes[start, end)}. */
  public static int count(byte wanted, byte[] bytes, int start, int end) {
    long pattern = (wanted & 0xffL) * ONES;
    int found = 0;
    int at = start;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at) ^ pattern;
      // The highest bit of each byte that is zero, and of no other.
      found += Long.bitCount(~((word & ~HIGH_BITS) + ~HIGH_BITS | word) & HIGH_BITS);
      at += 8;
    }
    for (; at < end; at++) {
      found += bytes[at] == wanted ? 1 : 0;
    }
    return found;
  }

  /**
   * Returns where the first ASCII character in [{@code low}, {@code high}] stands, or {@code end}.
   */
  public static int indexOfRange(byte low, byte high, byte[] bytes, int start, int end) {
    // Sums of 7 bits and a bound reach the eighth bit where the bound is met, and carry nothing on.
    long fromLow = (0x80 - low) * ONES;
    long aboveHigh = (0x7f - high) * ONES;
    int at = start;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      long low7 = word & ~HIGH_BITS;
      long hits = (low7 + fromLow) & ~(low7 + aboveHigh) & ~word & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && (bytes[at] < low || bytes[at] > high)) {
      at++;
    }
    return at;
  }

  /** Returns the number of code points in {@code bytes[start, end)}, which is well-formed. */
  public static int codePoints(byte[] bytes, int start, int end) {
    int following = 0;
    int at = start;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      following += Long.bitCount(word & ~(word << 1) & HIGH_BITS);
      at += 8;
    }
    for (; at < end; at++) {
      following += (bytes[at] & 0xc0) == 0x80 ? 1 : 0;
    }
    return end - start - following;
  }

  /** Returns whether {@code bytes[start, end)} holds the character NUL. */
  public static boolean hasNul(byte[] bytes, int start, int end) {
    int at = start;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      if (((word - ONES) & ~word & HIGH_BITS) != 0) {
        return true;
      }
      at += 8;
    }
    while (at < end && bytes[at] != 0) {
      at++;
    }
    return at < end;
  }

  private static int endOfAscii(byte[] bytes, int start, int end) {
    int at = start;
    while (at + 8 <= end) {
      long high = (long) LONGS.get(bytes, at) & HIGH_BITS;
      if (high != 0) {
        return at + (Long.numberOfTrailingZeros(high) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] >= 0) {
      at++;
    }
    return at;
  }
}
