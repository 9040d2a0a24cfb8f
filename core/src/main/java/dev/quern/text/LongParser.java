package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** Whole numbers of 64 bits. */
final class LongParser extends ValueParser {
  private static final long LIMIT = Long.MIN_VALUE / 10;
  private final PlainNumber plain = new PlainNumber();

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    if (plain.scan(bytes, start, end) == end && plain.isLong()) {
      out.appendLong(plain.toLong());
      return null;
    }
    int at = start;
    boolean negative = at < end && bytes[at] == '-';
    if (negative || (at < end && bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return "not_a_long";
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
}
