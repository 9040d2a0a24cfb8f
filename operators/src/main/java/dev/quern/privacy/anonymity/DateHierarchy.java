package dev.quern.privacy.anonymity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates become coarser parts of the calendar, then {@code *}. A value is an ISO date or a timestamp
 * that begins with one; anything else is unknown.
 *
 * @param units the unit at each level, from fine to coarse
 */
public record DateHierarchy(List<Unit> units) implements Hierarchy {

  /** A part of the calendar; each lies within one of every coarser. */
  public enum Unit {
    DAY,
    MONTH,
    QUARTER,
    YEAR,
    DECADE,
    CENTURY
  }

  /**
   * Makes a hierarchy.
   *
   * @throws IllegalArgumentException if the units do not grow
   */
  public DateHierarchy {
    units = List.copyOf(units);
    for (int i = 1; i < units.size(); i++) {
      if (units.get(i).compareTo(units.get(i - 1)) <= 0) {
        throw new IllegalArgumentException(
            "units of dates must go from fine to coarse: day, month, quarter, year, decade, century"
                + "; found: "
                + units.toString().toLowerCase(Locale.ROOT));
      }
    }
  }

  @Override
  public int levels() {
    return units.size() + 2;
  }

  @Override
  public @Nullable String at(String value, int level) {
    LocalDate date = date(value);
    if (date == null || level == 0) {
      return date == null ? null : value;
    }
    return level == levels() - 1 ? ANY : in(units.get(level - 1), date);
  }

  private static String in(Unit unit, LocalDate date) {
    String year = String.valueOf(date.getYear());
    return switch (unit) {
      case DAY -> date.toString();
      case MONTH -> date.toString().substring(0, date.toString().length() - 3);
      case QUARTER -> year + "-Q" + (1 + (date.getMonthValue() - 1) / 3);
      case YEAR -> year;
      case DECADE -> Math.floorDiv(date.getYear(), 10) + "0s";
      case CENTURY -> Math.floorDiv(date.getYear(), 100) + "00s";
    };
  }

  private static @Nullable LocalDate date(String value) {
    try {
      return value.length() < 10 ? null : LocalDate.parse(value.substring(0, 10));
    } catch (DateTimeException e) {
      return null; // what is no date has no month
    }
  }
}
