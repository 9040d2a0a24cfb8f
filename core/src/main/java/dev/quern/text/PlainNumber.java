package dev.quern.text;

import java.lang.invoke.VarHandle;

/**
 * Sign, digits, point, digits: what nearly all numbers are, eight digits at a time (Lemire 2021,
 * arXiv:2101.11408). Reused.
 */
final class PlainNumber {
  private static final VarHandle LONGS = Utf8.LONGS;

  /** Digits a long holds, whatever they are. */
  private static final int MOST = 18;

  /** Doubles hold all whole numbers up to this one, 2^53. */
  private static final long EXACT = 1L << 53;

  private static final long[] LONG_POWERS = new long[9];

  /** Powers of ten that are exact doubles. */
  private static final double[] POWERS = new double[23];

  static {
    LONG_POWERS[0] = 1;
    for (int i = 1; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = 10 * LONG_POWERS[i - 1];
    }
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  boolean negative;

  /** Digits before the point. */
  int whole;

  /** Digits behind the point, or -1 if there is no point. */
  int decimals;

  private long digits;

  /** Scans from {@code from} on and returns where sign, digits, point and digits end. */
  int scan(byte[] bytes, int from, int end) {
    negative = from < end && bytes[from] == '-';
    int first = negative ? from + 1 : from;
    digits = 0;
    int at = digits(bytes, first, end);
    whole = at - first;
    decimals = -1;
    if (at < end && bytes[at] == '.') {
      int point = at + 1;
      at = digits(bytes, point, end);
      decimals = at - point;
    }
    return at;
  }

  private int digits(byte[] bytes, int from, int end) {
    int at = from;
    while (at + 8 <= bytes.length) {
      long word = (long) LONGS.get(bytes, at) ^ 0x3030303030303030L;
      long others = (word + 0x7676767676767676L | word) & 0x8080808080808080L;
      int count = Math.min(Long.numberOfTrailingZeros(others) >>> 3, end - at);
      if (count == 0) {
        return at;
      }
      digits = digits * LONG_POWERS[count] + eight(word << (64 - 8 * count));
      at += count;
      if (count < 8) {
        return at;
      }
    }
    while (at < end && ValueParser.isDigit(bytes[at])) {
      digits = 10 * digits + (bytes[at++] - '0');
    }
    return at;
  }

  /** Returns the number with the digits in the bytes of {@code word}, the lowest byte first. */
  private static long eight(long word) {
    long pairs = 10 * word + (word >>> 8);
    long upper = (pairs & 0x000000ff000000ffL) * (100 + (1_000_000L << 32));
    long lower = (pairs >>> 16 & 0x000000ff000000ffL) * (1 + (10_000L << 32));
    return upper + lower >>> 32;
  }

  /** Returns whether it is a whole number of at most 18 digits. */
  boolean isLong() {
    return decimals < 0 && whole > 0 && whole <= MOST;
  }

  long toLong() {
    return negative ? -digits : digits;
  }

  /** Returns whether one rounding of two exact numbers gives the nearest double. */
  boolean isDouble() {
    int count = whole + Math.max(0, decimals);
    return count > 0 && count <= MOST && digits <= EXACT;
  }

  double toDouble() {
    double value = decimals > 0 ? digits / POWERS[decimals] : digits;
    return negative ? -value : value;
  }
}
