package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** Dates and timestamps of ISO 8601 in the proleptic Gregorian calendar, years 0000 to 9999. */
final class TimeParser {
  /** What no date (days) and no time of these years (µs) is. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private TimeParser() {}

  static final class Date extends ValueParser {
    @Override
    @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
      long days = date(bytes, start, end);
      if (days == NONE) {
        return "not_a_date";
      }
      out.appendLong(days);
      return null;
    }
  }

  static final class Timestamp extends ValueParser {
    @Override
    @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
      long micros = timestamp(bytes, start, end);
      if (micros == NONE) {
        return "not_a_timestamp";
      }
      out.appendLong(micros);
      return null;
    }
  }

  /** Returns the days since 1970-01-01, or {@link #NONE}. */
  static long date(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 8 || length > 10) {
      return NONE;
    }
    int year = number(bytes, start, start + 4);
    byte separator = bytes[start + 4];
    if (separator == '-' && length != 10 || separator != '-' && separator != '/') {
      return NONE;
    }
    int second = start + 6;
    while (second < end && bytes[second] != separator) {
      second++;
    }
    int month = number(bytes, start + 5, second);
    int day = second + 1 < end ? number(bytes, second + 1, end) : -1;
    if (separator == '-' && second != start + 7) {
      return NONE;
    }
    return second - start - 5 <= 2 && end - second - 1 <= 2 ? days(year, month, day) : NONE;
  }

  private static long days(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return NONE;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > DAYS[month - 1] + (month == 2 && leap ? 1 : 0)) {
      return NONE;
    }
    // Howard Hinnant, chrono-compatible low-level date algorithms: years that begin in March.
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int ofEra = y - era * 400;
    int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** Returns the microseconds since 1970-01-01T00:00Z, or {@link #NONE}. */
  static long timestamp(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != 'T' && bytes[at] != 't' && bytes[at] != ' ') {
      at++;
    }
    long days = date(bytes, start, at);
    if (days == NONE) {
      return NONE;
    }
    if (at == end) {
      return days * MICROS_PER_DAY;
    }
    at++;
    int zone = zone(bytes, at, end);
    long time = time(bytes, at, zone);
    long offset = offset(bytes, zone, end);
    return time == NONE || offset == NONE
        ? NONE
        : days * MICROS_PER_DAY + time - offset * 60_000_000L;
  }

  private static int zone(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end
        && (ValueParser.isDigit(bytes[at])
            || bytes[at] == ':'
            || bytes[at] == '.'
            || bytes[at] == ',')) {
      at++;
    }
    return at;
  }

  /** Returns the microseconds of HH:mm[:ss[.fraction]]. */
  private static long time(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 5 || bytes[start + 2] != ':') {
      return NONE;
    }
    int hour = number(bytes, start, start + 2);
    int minute = number(bytes, start + 3, start + 5);
    int second = 0;
    long fraction = 0;
    if (length > 5) {
      if (length < 8 || bytes[start + 5] != ':') {
        return NONE;
      }
      second = number(bytes, start + 6, start + 8);
    }
    if (length > 8) {
      fraction = fraction(bytes, start + 8, end);
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NONE;
    }
    return fraction < 0 ? NONE : ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
  }

  private static long fraction(byte[] bytes, int point, int end) {
    if ((bytes[point] != '.' && bytes[point] != ',') || point + 1 == end) {
      return NONE;
    }
    long fraction = 0;
    long unit = 100_000;
    for (int at = point + 1; at < end; at++) {
      if (!ValueParser.isDigit(bytes[at])) {
        return NONE;
      }
      fraction += unit * (bytes[at] - '0');
      unit /= 10;
    }
    return fraction;
  }

  /** Returns the minutes east of UTC of nothing, Z, ±HH, ±HHmm or ±HH:mm. */
  private static long offset(byte[] bytes, int start, int end) {
    int at = start;
    if (at < end && bytes[at] == ' ') {
      at++;
    }
    int length = end - at;
    if (length == 0) {
      return at == start ? 0 : NONE;
    }
    if (length == 1) {
      return (bytes[at] | 0x20) == 'z' ? 0 : NONE;
    }
    boolean colon = length == 6 && bytes[at + 3] == ':';
    if ((bytes[at] != '+' && bytes[at] != '-') || (length != 3 && length != 5 && !colon)) {
      return NONE;
    }
    int hours = number(bytes, at + 1, at + 3);
    int minutes = length == 3 ? 0 : number(bytes, end - 2, end);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return NONE;
    }
    int total = 60 * hours + minutes;
    return bytes[at] == '-' ? -total : total;
  }

  /** Returns the number of up to nine digits, or -1. */
  private static int number(byte[] bytes, int start, int end) {
    int value = 0;
    for (int at = start; at < end; at++) {
      if (!ValueParser.isDigit(bytes[at])) {
        return -1;
      }
      value = 10 * value + bytes[at] - '0';
    }
    return start < end ? value : -1;
  }
}
