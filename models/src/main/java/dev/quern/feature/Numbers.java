package dev.quern.feature;

import dev.quern.data.Column;
import dev.quern.data.Type;

/** Scalars as models read them: doubles, NaN for missing. */
public final class Numbers {
  private Numbers() {}

  /** Returns whether values of {@code type} can be read as numbers. */
  public static boolean supports(Type type) {
    return switch (type.kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE -> true;
      case TEXT, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns the number in {@code row}: bools as 0 and 1, timestamps as µs, dates as days. */
  public static double at(Column column, int row) {
    if (column.isNull(row)) {
      return Double.NaN;
    }
    return switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE -> column.longAt(row);
      case BOOL -> column.boolAt(row) ? 1 : 0;
      case DOUBLE, FLOAT, DECIMAL -> column.doubleAt(row);
      case TEXT, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("column must be a number; found: " + column.type());
    };
  }
}
