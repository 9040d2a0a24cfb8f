package dev.quern.drift;

import dev.quern.data.Field;
import dev.quern.data.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What of a field's values is compared. */
public enum Aspect {
  /** The value itself: a number, or a category. */
  VALUE,
  /** The length of a text (code points), of bytes, of a list (elements). */
  LENGTH,
  /** The hour of the day (UTC) of a timestamp. */
  HOUR,
  /** The day of the week of a timestamp (UTC) or date. */
  WEEKDAY,
  /** The script most letters of a text belong to. */
  SCRIPT,
  /** The shape of a text: runs of upper, lower and other letters, digits, white space, others. */
  MASK;

  /** Returns the word reports use, for example {@code length}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what numbers are collected of {@code field}. Timestamps, and dates of events, move on
   * from version to version, which is no drift: of them only hour and weekday are compared.
   */
  static List<Aspect> numbers(Field field) {
    if (identifies(field)) {
      return List.of();
    }
    return switch (field.type().kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> List.of(VALUE);
      case DATE -> field.is(Role.EVENT_TIME) ? List.of() : List.of(VALUE);
      case TEXT, BYTES, LIST -> List.of(LENGTH);
      case TIMESTAMP, BOOL, STRUCT -> List.of();
    };
  }

  /** Returns what categories are collected of {@code field}. */
  static List<Aspect> categories(Field field) {
    List<Aspect> found =
        new ArrayList<>(
            switch (field.type().kind()) {
              case BOOL -> List.of(VALUE);
              case TEXT -> List.of(VALUE, SCRIPT, MASK);
              case TIMESTAMP -> List.of(HOUR, WEEKDAY);
              case DATE -> List.of(WEEKDAY);
              case LONG, DOUBLE, FLOAT, DECIMAL, BYTES, LIST, STRUCT -> List.of();
            });
    if (identifies(field)) {
      found.remove(VALUE);
    }
    return found;
  }

  /** Values that name a sample are others in every version. */
  private static boolean identifies(Field field) {
    return field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
  }
}
