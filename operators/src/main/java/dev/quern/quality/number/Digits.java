package dev.quern.quality.number;

import dev.quern.quality.cell.Characters;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Digits with separators: tells which of them part thousands and which one begins the fraction. */
final class Digits {
  private static final int BOTH = DecimalSign.POINT.bit() | DecimalSign.COMMA.bit();

  private final Characters text;
  private BigDecimal value = BigDecimal.ZERO;
  private boolean plain;

  Digits(Characters text) {
    this.text = text;
  }

  BigDecimal value() {
    return value;
  }

  boolean isPlain() {
    return plain;
  }

  /**
   * Returns the decimal signs by which {@code [start, end)} is a number; 0: it has no separator.
   */
  int signs(int start, int end) {
    int signs = 0;
    int to = mantissaEnd(start, end);
    if (!hasSeparator(start, to)) {
      return 0;
    }
    for (DecimalSign sign : DecimalSign.values()) {
      signs |= fits(start, to, sign.sign()) ? sign.bit() : 0;
    }
    return signs;
  }

  @Nullable String read(int start, int end, @Nullable DecimalSign sign) {
    int to = mantissaEnd(start, end);
    int signs = signs(start, end);
    boolean separated = hasSeparator(start, to);
    if (separated ? signs == 0 : !fits(start, to, '.')) {
      return "not_a_number";
    }
    int set = sign != null && (signs & sign.bit()) != 0 ? sign.bit() : signs;
    if (set == BOTH) {
      return "ambiguous_separator";
    }
    int decimal = set == DecimalSign.COMMA.bit() ? ',' : '.';
    int exponent = to == end ? 0 : exponent(to, end);
    if (exponent == Integer.MIN_VALUE) {
      return "not_a_number";
    }
    StringBuilder written = new StringBuilder();
    plain = true;
    for (int i = start; i < to; i++) {
      int point = text.at(i);
      if (Characters.isDigit(point) || point == decimal) {
        written.append(point == decimal ? '.' : (char) point);
        plain &= point != ',';
      } else {
        plain = false;
      }
    }
    value = new BigDecimal(written.toString()).scaleByPowerOfTen(exponent);
    return null;
  }

  /** Returns where the exponent begins, or {@code end}. */
  private int mantissaEnd(int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (text.at(i) == 'e' || text.at(i) == 'E') {
        return i;
      }
    }
    return end;
  }

  private int exponent(int from, int end) {
    int at = from + 1;
    boolean negative = text.at(at) == '-';
    at += negative || text.at(at) == '+' ? 1 : 0;
    if (at == end || end - at > 3) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (!Characters.isDigit(text.at(at))) {
        return Integer.MIN_VALUE;
      }
      exponent = 10 * exponent + text.at(at) - '0';
    }
    return negative ? -exponent : exponent;
  }

  private boolean hasSeparator(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.at(i) == '.' || text.at(i) == ',') {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the text is a number whose fraction begins with {@code decimal}. */
  private boolean fits(int start, int end, int decimal) {
    int point = end;
    int digits = 0;
    for (int i = start; i < end; i++) {
      int found = text.at(i);
      if (found == decimal) {
        if (point < end) {
          return false;
        }
        point = i;
      } else if (Characters.isDigit(found)) {
        digits++;
      } else if (point < end || !isGrouping(found, decimal)) {
        return false;
      }
    }
    return digits > 0 && isGrouped(start, point);
  }

  private static boolean isGrouping(int point, int decimal) {
    return point == (decimal == '.' ? ',' : '.')
        || point == ' '
        || point == '\''
        || point == '’'
        || point == '_'
        || point == '٬';
  }

  /** Thousands in threes, or in Indian twos before the last three; one separator throughout. */
  private boolean isGrouped(int start, int end) {
    int separator = 0;
    int group = 0;
    int groups = 0;
    for (int i = end - 1; i >= start; i--) {
      int found = text.at(i);
      if (Characters.isDigit(found)) {
        group++;
        continue;
      }
      if (separator != 0 && found != separator || i == start) {
        return false;
      }
      separator = found;
      if (group != 3 && (groups == 0 || group != 2)) {
        return false;
      }
      groups++;
      group = 0;
    }
    return groups == 0 || group >= 1 && group <= 3 && text.at(start) != '0';
  }
}
