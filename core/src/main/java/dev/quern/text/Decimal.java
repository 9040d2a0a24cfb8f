package dev.quern.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * One scan of a decimal number: sign, digits, point, exponent. Its first 18 significant digits are
 * kept as a long, which decides nearly every value; the rest goes to the JDK. Reused.
 */
final class Decimal {
  private static final int KEPT = 18;

  /** Powers of ten that are exact doubles. */
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  boolean negative;
  boolean plus;

  /** The first 18 significant digits. */
  long mantissa;

  /** Power of ten of the last digit. */
  int exponent;

  /** Digits from the first that is not zero. */
  int significant;

  /** Digits before the point, leading zeros included. */
  int whole;

  /** Whether the first of several digits before the point is zero. */
  boolean leadingZero;

  boolean hasPoint;
  boolean hasExponent;
  private byte[] bytes = {};
  private int start;
  private int end;

  /** Scans {@code bytes[from, to)} and returns whether it is a decimal number. */
  boolean scan(byte[] source, int from, int to) {
    bytes = source;
    start = from;
    end = to;
    exponent = 0;
    hasPoint = false;
    hasExponent = false;
    int at = from;
    negative = at < to && source[at] == '-';
    plus = at < to && source[at] == '+';
    if (negative || plus) {
      at++;
    }
    int digits = at;
    long value = 0;
    int point = -1;
    int leading = -1;
    for (; at < to; at++) {
      int digit = source[at] - '0';
      if (digit >= 0 && digit <= 9) {
        leading = leading < 0 && digit != 0 ? at : leading;
        // Beyond 18 digits it overflows and is made anew.
        value = 10 * value + digit;
      } else if (digit == '.' - '0' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    hasPoint = point >= 0;
    whole = (hasPoint ? point : at) - digits;
    leadingZero = whole > 1 && source[digits] == '0';
    if (hasPoint) {
      exponent = point + 1 - at;
    }
    if (at - digits - (hasPoint ? 1 : 0) == 0) {
      return false;
    }
    significant = leading < 0 ? 0 : at - leading - (point > leading ? 1 : 0);
    mantissa = significant <= KEPT ? value : first(leading);
    return at == to || scanExponent(at);
  }

  /** Returns the first 18 digits from {@code leading} on. */
  private long first(int leading) {
    long value = 0;
    int at = leading;
    for (int count = 0; count < KEPT; at++) {
      if (bytes[at] != '.') {
        value = 10 * value + (bytes[at] - '0');
        count++;
      }
    }
    return value;
  }

  private boolean scanExponent(int from) {
    int at = from;
    if ((bytes[at] | 0x20) != 'e') {
      return false;
    }
    hasExponent = true;
    at++;
    boolean down = at < end && bytes[at] == '-';
    if (down || (at < end && bytes[at] == '+')) {
      at++;
    }
    int first = at;
    int power = 0;
    while (at < end && ValueParser.isDigit(bytes[at])) {
      // Beyond this every double is 0 or infinite; capped so that it cannot overflow.
      power = Math.min(1_000_000, 10 * power + (bytes[at] - '0'));
      at++;
    }
    exponent += down ? -power : power;
    return at == end && at > first;
  }

  /** Returns whether the mantissa holds every digit. */
  boolean isKept() {
    return significant <= KEPT;
  }

  /** Returns the nearest double; infinite beyond the range. */
  double toDouble() {
    if (significant <= 15 && exponent >= -22 && exponent <= 22) {
      double value = mantissa;
      value = exponent < 0 ? value / POWERS[-exponent] : value * POWERS[exponent];
      return negative ? -value : value;
    }
    double value = NearestDouble.of(mantissa, exponent + Math.max(0, significant - KEPT));
    if (significant > KEPT
        && value != NearestDouble.of(mantissa + 1, exponent + significant - KEPT)) {
      value = Double.NaN;
    }
    return Double.isNaN(value) ? Double.parseDouble(text()) : negative ? -value : value;
  }

  /** Returns the nearest float; infinite beyond the range. */
  float toFloat() {
    if (significant <= 7 && exponent >= -10 && exponent <= 10) {
      float value = mantissa;
      float power = (float) POWERS[Math.abs(exponent)];
      value = exponent < 0 ? value / power : value * power;
      return negative ? -value : value;
    }
    return Float.parseFloat(text());
  }

  /** Returns the exact value; the exponent must be moderate. */
  BigDecimal toBigDecimal() {
    return new BigDecimal(text());
  }

  private String text() {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
