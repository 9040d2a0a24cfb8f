package dev.quern.quality;

import dev.quern.data.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** White space of Unicode (property White_Space) in UTF-8 bytes. */
final class WhiteSpace {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private WhiteSpace() {}

  /**
   * Returns where the first run of white space from {@code from} on begins that is not one space,
   * or {@code end}; no white space may end before {@code end}.
   */
  static int firstRun(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      at = nextSuspect(bytes, at, end);
      int white = at < end ? lengthAt(bytes, at, end) : 0;
      if (white > 0 && bytes[at] != ' ') {
        return at > from && bytes[at - 1] == ' ' ? at - 1 : at;
      }
      if (white > 0 && lengthAt(bytes, at + 1, end) > 0) {
        return at;
      }
      at++;
    }
    return end;
  }

  /** Returns the next space behind which another stands, or byte that may begin other white. */
  private static int nextSuspect(byte[] bytes, int from, int end) {
    int at = from;
    while (at + 9 <= end) {
      long word = (long) LONGS.get(bytes, at);
      long low7 = word & ~HIGHS;
      long hits =
          zeros(word ^ ' ' * ONES) & zeros((long) LONGS.get(bytes, at + 1) ^ ' ' * ONES)
              | ~(low7 + (0x80 - ' ') * ONES) & ~word;
      if ((word & HIGHS) != 0) {
        hits |= zeros(word ^ 0xc2 * ONES) | zeros(word & 0xfc * ONES ^ 0xe0 * ONES);
      }
      hits &= HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] > ' ') {
      at++;
    }
    return at;
  }

  /** Marks the highest bit of each byte that is zero, and of no other. */
  private static long zeros(long word) {
    return ~((word & ~HIGHS) + ~HIGHS | word) & HIGHS;
  }

  /** Returns the bytes of the white space that begins at {@code at}, 0 if none does. */
  static int lengthAt(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return first == ' ' || first >= 9 && first <= 13 ? 1 : 0;
    }
    if (first == 0xc2 && at + 1 < end) {
      int second = bytes[at + 1] & 0xff;
      return second == 0x85 || second == 0xa0 ? 2 : 0;
    }
    return at + 2 < end && isThree(first, bytes[at + 1] & 0xff, bytes[at + 2] & 0xff) ? 3 : 0;
  }

  /** Returns the bytes of the white space that ends before {@code at}, 0 if none does. */
  static int lengthBefore(byte[] bytes, int start, int at) {
    int last = bytes[at - 1] & 0xff;
    if (last < 0x80) {
      return lengthAt(bytes, at - 1, at);
    }
    if (at - 2 >= start && lengthAt(bytes, at - 2, at) == 2) {
      return 2;
    }
    return at - 3 >= start && lengthAt(bytes, at - 3, at) == 3 ? 3 : 0;
  }

  /** Narrows {@code text} by the white space at both ends. */
  static void trim(Slice text) {
    int length;
    while (text.start < text.end && (length = lengthAt(text.bytes, text.start, text.end)) > 0) {
      text.start += length;
    }
    while (text.end > text.start && (length = lengthBefore(text.bytes, text.start, text.end)) > 0) {
      text.end -= length;
    }
  }

  /** U+1680, U+2000–U+200A, U+2028, U+2029, U+202F, U+205F and U+3000. */
  private static boolean isThree(int first, int second, int third) {
    return switch (first) {
      case 0xe1 -> second == 0x9a && third == 0x80;
      case 0xe2 ->
          second == 0x80
                  && (third >= 0x80 && third <= 0x8a
                      || third == 0xa8
                      || third == 0xa9
                      || third == 0xaf)
              || second == 0x81 && third == 0x9f;
      case 0xe3 -> second == 0x80 && third == 0x80;
      default -> false;
    };
  }
}
