package dev.quern.cli;

import java.util.Locale;

/** Numbers as people read and write them on the command line. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Amounts() {}

  /** Returns {@code count} with groups of three digits: {@code 1 234 567}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
  }

  /** Returns {@code bytes} in the largest unit of which there is one: {@code 1.5 MiB}. */
  static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /** Returns a value with four significant digits. */
  static String value(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new java.math.BigDecimal(value)
        .round(new java.math.MathContext(4))
        .stripTrailingZeros()
        .toString();
  }

  /** Returns seconds as {@code 3.2 s}, {@code 4 min 5 s} or {@code 2 h 3 min}. */
  static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  /**
   * Parses a size: a number with k, m, g or t (powers of 1024), optionally followed by b or ib.
   *
   * @throws UsageException if it is none
   */
  static long size(String option, String written) {
    String text = written.trim().toLowerCase(Locale.ROOT).replaceFirst("(?<=[kmgt])i?b$", "");
    int power = text.isEmpty() ? -1 : "kmgt".indexOf(text.charAt(text.length() - 1));
    String digits = power < 0 ? text : text.substring(0, text.length() - 1).trim();
    try {
      double bytes = Double.parseDouble(digits) * Math.pow(1024, power + 1);
      if (digits.matches("[0-9]+(\\.[0-9]+)?") && bytes >= 1 && bytes < 0x1p62) {
        return (long) bytes;
      }
    } catch (NumberFormatException e) {
      // Told below with all other wrong sizes.
    }
    throw new UsageException(
        option + " must be a size such as 512m or 2g (bytes); found: " + written);
  }

  /** Returns a time as ISO 8601 writes it, to the second, in UTC. */
  static String time(String iso) {
    return iso.length() > 19 ? iso.substring(0, 19).replace('T', ' ') + " UTC" : iso;
  }
}
