package dev.quern.expression;

import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.text.ValueWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Values as texts and texts as values: numbers as in JSON, dates and times as in ISO 8601. */
final class Written {
  private Written() {}

  /**
   * Returns the value of {@code row}, which is not null, as a text.
   *
   * @throws DateTimeException if it is a date beyond the years of ±999,999,999
   */
  static String text(Column column, int row) {
    return switch (column.type().kind()) {
      case TEXT -> column.textAt(row);
      case LONG -> Long.toString(column.longAt(row));
      case DOUBLE -> ValueWriter.number(column.doubleAt(row));
      case FLOAT -> ValueWriter.number((float) column.doubleAt(row));
      case DECIMAL -> column.decimalAt(row).toPlainString();
      case BOOL -> Boolean.toString(column.boolAt(row));
      case TIMESTAMP -> Instant.EPOCH.plus(column.longAt(row), ChronoUnit.MICROS).toString();
      case DATE -> LocalDate.ofEpochDay(column.longAt(row)).toString();
      case BYTES, LIST, STRUCT ->
          throw new IllegalStateException("value must be scalar; found: " + column.type());
    };
  }

  /** Returns {@code text} without white space around it, or a text that is no number. */
  static String ascii(String text) {
    String stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      if (stripped.charAt(i) >= 0x80) {
        return "";
      }
    }
    return stripped;
  }

  /** Returns the decimal number in {@code text}, or NaN; words like NaN and Infinity are none. */
  static double number(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Double.NaN;
    }
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      boolean fits = c >= '0' && c <= '9' || ".+-eE".indexOf(c) >= 0;
      if (!fits) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(stripped);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * Returns the day number of {@code text}, {@code 2024-02-29}.
   *
   * @throws DateTimeException if it is no date
   */
  static long date(String text) {
    return LocalDate.parse(text.strip()).toEpochDay();
  }

  /**
   * Returns the µs since the epoch of {@code text}: a date, or date and time joined by T or a
   * space, with an offset or in UTC.
   *
   * @throws DateTimeException if it is no timestamp
   * @throws ArithmeticException if it is too far away
   */
  static long timestamp(String text) {
    String stripped = text.strip();
    if (stripped.length() > 10 && stripped.charAt(10) == ' ') {
      stripped = stripped.substring(0, 10) + "T" + stripped.substring(11);
    }
    if (stripped.indexOf('T') < 0) {
      return Math.multiplyExact(date(stripped), Conversion.MICROS_OF_DAY);
    }
    String time = stripped.substring(stripped.indexOf('T'));
    boolean offset = time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0;
    Instant instant =
        offset
            ? OffsetDateTime.parse(stripped).toInstant()
            : LocalDateTime.parse(stripped).toInstant(ZoneOffset.UTC);
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Returns the type of decimals that hold {@code value} exactly, or one of too few digits. */
  static Type.Decimal decimal(BigDecimal value) {
    int scale = Math.max(0, value.scale());
    int whole = Math.max(0, value.precision() - value.scale());
    return new Type.Decimal(Math.min(38, Math.max(1, whole + scale)), Math.min(38, scale));
  }
}
