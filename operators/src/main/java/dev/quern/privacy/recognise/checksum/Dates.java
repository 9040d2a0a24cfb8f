package dev.quern.privacy.recognise.checksum;

import java.time.YearMonth;

/** Days of birth within numbers. */
public final class Dates {
  /**
   * The last year of birth that numbers are taken for: recognisers know no clock, so that equal
   * texts give equal findings at any time.
   */
  public static final int LAST_YEAR = 2035;

  private Dates() {}

  /** Returns whether there is such a day and somebody alive or lately dead may be born on it. */
  public static boolean isBirth(int year, int month, int day) {
    return year >= 1850 && year <= LAST_YEAR && isDay(year, month, day);
  }

  /** Returns whether there is such a day. */
  public static boolean isDay(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  /** Returns whether there is such a day in 1900 or 2000 plus {@code year} of two digits. */
  public static boolean isShortDay(int year, int month, int day) {
    return year >= 0 && (isDay(1900 + year, month, day) || isDay(2000 + year, month, day));
  }
}
