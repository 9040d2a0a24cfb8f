package dev.quern.statistics;

import dev.quern.data.Column;
import dev.quern.data.Type;

/**
 * Scalars as longs of the same order: long, timestamp and date as they are, bool as 0 and 1, other
 * numbers as {@link OrderedBits} of their double. NaN counts as missing.
 */
public final class Scalars {
  private Scalars() {}

  /** Returns whether values of {@code type} have such a long. */
  public static boolean supports(Type type) {
    return switch (type.kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE -> true;
      case TEXT, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns whether {@code row} holds no value: null or NaN. */
  public static boolean isMissing(Column column, int row) {
    return column.isNull(row)
        || (column.type().kind() == Type.Kind.DOUBLE || column.type().kind() == Type.Kind.FLOAT)
            && Double.isNaN(column.doubleAt(row));
  }

  /** Returns the value of {@code row}, which is not missing, as a long of the same order. */
  public static long at(Column column, int row) {
    return switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE -> column.longAt(row);
      case BOOL -> column.boolAt(row) ? 1 : 0;
      case DOUBLE, FLOAT, DECIMAL -> OrderedBits.of(column.doubleAt(row));
      case TEXT, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("column must be a scalar; found: " + column.type());
    };
  }

  /** Returns {@code ordered}, a value of {@code type}, as Long, Double or Boolean. */
  public static Object plain(Type type, long ordered) {
    return switch (type.kind()) {
      case LONG, TIMESTAMP, DATE -> (Object) ordered;
      case BOOL -> (Object) (ordered != 0);
      case DOUBLE, FLOAT, DECIMAL -> (Object) OrderedBits.toDouble(ordered);
      case TEXT, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("type must be a scalar; found: " + type);
    };
  }
}
