package dev.quern.quality.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A format of dates and times in the directives of strftime (POSIX), read as strptime does: %Y
 * (four digits) %y %m %d %H %I %M %S (one or two digits) %f (one to six) %j (one to three) %b %B %a
 * %A %p (English, any case) %z (±HHMM, ±HH:MM, Z) %%; white space stands for white space.
 */
final class TimeFormat {
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int MOST = 64;

  /** Directives are negative: minus the letter. */
  private final int[] parts;

  private int year;
  private int month;
  private int day;
  private int ofYear;

  /**
   * Reads a format.
   *
   * @throws IllegalArgumentException if a directive is unknown
   */
  TimeFormat(String format) {
    if (format.isEmpty() || format.length() > MOST) {
      throw new IllegalArgumentException(
          "format must be 1 to " + MOST + " characters; found: " + format.length());
    }
    byte[] bytes = format.getBytes(StandardCharsets.UTF_8);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        all.add((int) bytes[i] & 0xff);
        continue;
      }
      char directive = ++i < bytes.length ? (char) bytes[i] : ' ';
      if ("YymdHIMSfjbBaApz%".indexOf(directive) < 0) {
        throw new IllegalArgumentException(
            "format must be made of %Y %y %m %d %H %I %M %S %f %j %b %B %a %A %p %z %%; found: %"
                + directive);
      }
      all.add(directive == '%' ? '%' : -directive);
    }
    parts = all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns whether {@code bytes[start, end)} is a date or time in this format. */
  boolean matches(byte[] bytes, int start, int end) {
    year = 1900;
    month = 1;
    day = 1;
    ofYear = 0;
    return matches(bytes, start, end, 0);
  }

  private boolean matches(byte[] bytes, int at, int end, int part) {
    if (part == parts.length) {
      return at == end && isDay();
    }
    int wanted = parts[part];
    if (wanted >= 0) {
      if (isSpace(wanted)) {
        int next = at;
        while (next < end && isSpace(bytes[next])) {
          next++;
        }
        return next > at && matches(bytes, next, end, part + 1);
      }
      return at < end && (bytes[at] & 0xff) == wanted && matches(bytes, at + 1, end, part + 1);
    }
    return switch (-wanted) {
      case 'Y' -> digits(bytes, at, end, part, 4, 4, 0, 9999);
      case 'y' -> digits(bytes, at, end, part, 2, 2, 0, 99);
      case 'm' -> digits(bytes, at, end, part, 2, 1, 1, 12);
      case 'd' -> digits(bytes, at, end, part, 2, 1, 1, 31);
      case 'H' -> digits(bytes, at, end, part, 2, 1, 0, 23);
      case 'I' -> digits(bytes, at, end, part, 2, 1, 1, 12);
      case 'M' -> digits(bytes, at, end, part, 2, 1, 0, 59);
      case 'S' -> digits(bytes, at, end, part, 2, 1, 0, 61);
      case 'f' -> digits(bytes, at, end, part, 6, 1, 0, 999_999);
      case 'j' -> digits(bytes, at, end, part, 3, 1, 1, 366);
      case 'b' -> word(bytes, at, end, part, MONTHS, 3);
      case 'B' -> word(bytes, at, end, part, MONTHS, Integer.MAX_VALUE);
      case 'a' -> word(bytes, at, end, part, DAYS, 3);
      case 'A' -> word(bytes, at, end, part, DAYS, Integer.MAX_VALUE);
      case 'p' -> word(bytes, at, end, part, List.of("am", "pm"), 2);
      default -> zone(bytes, at, end, part);
    };
  }

  /** Tries the longest number first, as what follows may need its last digit. */
  private boolean digits(
      byte[] bytes, int at, int end, int part, int most, int least, int min, int max) {
    for (int length = Math.min(most, end - at); length >= least; length--) {
      int value = number(bytes, at, at + length);
      if (value >= min && value <= max) {
        set(-parts[part], value);
        if (matches(bytes, at + length, end, part + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private void set(int directive, int value) {
    switch (directive) {
      case 'Y' -> year = value;
      case 'y' -> year = value + (value < 69 ? 2000 : 1900);
      case 'm' -> month = value;
      case 'd' -> day = value;
      case 'j' -> ofYear = value;
      default -> {}
    }
  }

  private boolean word(byte[] bytes, int at, int end, int part, List<String> words, int longest) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).substring(0, Math.min(longest, words.get(i).length()));
      int stop = at + word.length();
      boolean found =
          stop <= end
              && new String(bytes, at, word.length(), StandardCharsets.ISO_8859_1)
                  .toLowerCase(Locale.ROOT)
                  .equals(word);
      if (found) {
        if (words.size() == MONTHS.size()) {
          month = i + 1;
        }
        return matches(bytes, stop, end, part + 1);
      }
    }
    return false;
  }

  private boolean zone(byte[] bytes, int at, int end, int part) {
    if (at < end && bytes[at] == 'Z') {
      return matches(bytes, at + 1, end, part + 1);
    }
    if (at >= end || bytes[at] != '+' && bytes[at] != '-') {
      return false;
    }
    int minutes = at + 3 < end && bytes[at + 3] == ':' ? at + 4 : at + 3;
    return minutes + 2 <= end
        && number(bytes, at + 1, at + 3) >= 0
        && number(bytes, at + 1, at + 3) < 24
        && number(bytes, minutes, minutes + 2) >= 0
        && number(bytes, minutes, minutes + 2) < 60
        && matches(bytes, minutes + 2, end, part + 1);
  }

  private boolean isDay() {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int last = LENGTHS[month - 1] + (month == 2 && leap ? 1 : 0);
    return year >= 1 && day <= last && ofYear <= (leap ? 366 : 365);
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static int number(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
      value = 10 * value + bytes[at] - '0';
    }
    return value;
  }
}
