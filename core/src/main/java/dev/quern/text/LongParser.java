package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** Whole numbers of 64 bits. */
final class LongParser extends ValueParser {
  private static final long LIMIT = Long.MIN_VALUE / 10;

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    int at = start;
    boolean negative = at < end && bytes[at] == '-';
    if (negative || (at < end && bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return "not_a_long";
    }
    if (end - at <= 18) {
      return few(bytes, at, end, negative, out);
    }
    // Summed below zero, where one more value fits.
    long value = 0;
    boolean fits = true;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return "not_a_long";
      }
      fits &= value >= LIMIT && 10 * value >= Long.MIN_VALUE + digit;
      value = 10 * value - digit;
    }
    if (!fits || (!negative && value == Long.MIN_VALUE)) {
      return "out_of_range";
    }
    out.appendLong(negative ? value : -value);
    return null;
  }

  /** Digits that cannot overflow. */
  private static @Nullable String few(
      byte[] bytes, int start, int end, boolean negative, ColumnBuilder out) {
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return "not_a_long";
      }
      value = 10 * value + digit;
    }
    out.appendLong(negative ? -value : value);
    return null;
  }
}
