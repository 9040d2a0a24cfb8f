package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.FieldChoice;
import dev.quern.statistics.OrderedBits;
import dev.quern.statistics.Scalars;
import java.util.List;

/** Scalars of fields as the numbers that metrics tell and checks compare. */
final class Scale {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double SECONDS_PER_DAY = 86_400;

  private Scale() {}

  /** Returns the position of {@code field}, which must have an order as a number. */
  static int[] position(Schema input, String field) {
    return FieldChoice.named(
        input,
        "field",
        List.of(field),
        "numbers, dates, timestamps or bools",
        found -> Scalars.supports(found.type()));
  }

  /** Returns {@code ordered}, a scalar of {@code type}, as a number in {@link #unit}. */
  static double value(Type type, long ordered) {
    return switch (type.kind()) {
      case LONG, BOOL -> ordered;
      case DATE -> ordered * SECONDS_PER_DAY;
      case TIMESTAMP -> ordered / MICROS_PER_SECOND;
      case DOUBLE, FLOAT, DECIMAL -> OrderedBits.toDouble(ordered);
      case TEXT, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("type must be a scalar; found: " + type);
    };
  }

  /** Returns the unit of {@link #value}. */
  static String unit(Type type) {
    boolean time = type.equals(Type.DATE) || type.equals(Type.TIMESTAMP);
    return time ? "seconds since 1970-01-01T00:00Z" : "value";
  }
}
