package dev.quern.check;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import dev.quern.operator.Limits;
import dev.quern.text.ValueParser;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;

/**
 * What must hold of a metric's value.
 *
 * @param kind how the value is compared
 * @param low the number it is compared with; the lower bound for ranges, whose bounds belong to
 *     them
 * @param high the upper bound for ranges; else equal to {@code low}
 */
public record Constraint(Kind kind, double low, double high) {
  /** How a value is compared. */
  public enum Kind {
    EQUALS("=", "equals"),
    NOT_EQUALS("!=", "not_equals"),
    AT_LEAST(">=", "at_least"),
    AT_MOST("<=", "at_most"),
    ABOVE(">", "above"),
    BELOW("<", "below"),
    BETWEEN("between", "between"),
    NOT_BETWEEN("not between", "not_between");

    private final String symbol;
    private final String key;

    Kind(String symbol, String key) {
      this.symbol = symbol;
      this.key = key;
    }

    /** Returns how it stands in a line, for example {@code >=}. */
    public String symbol() {
      return symbol;
    }

    /** Returns whether it compares with two numbers. */
    public boolean isRange() {
      return this == BETWEEN || this == NOT_BETWEEN;
    }

    /** Returns how it stands in a map, for example {@code at_least}. */
    public String key() {
      return key;
    }
  }

  /**
   * Makes a constraint.
   *
   * @throws IllegalArgumentException if a bound is no finite number or the bounds are reversed
   */
  public Constraint {
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("must be a finite number; found: " + low + ", " + high);
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "lower bound must be <= upper bound; found: " + plain(low) + ", " + plain(high));
    }
  }

  /**
   * Returns a date or timestamp of ISO 8601 as such metrics tell it: seconds since
   * 1970-01-01T00:00Z.
   *
   * @throws IllegalArgumentException if {@code text} is none
   */
  static double time(String text) {
    ColumnBuilder micros = ColumnBuilder.of(Type.TIMESTAMP);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (ValueParser.of(Type.TIMESTAMP).parse(bytes, 0, bytes.length, micros) != null) {
      throw new IllegalArgumentException(
          "must be a number or a time like '2024-02-29T23:59:59Z'; found: '" + text + "'");
    }
    return micros.build().longAt(0) / 1e6;
  }

  /** Returns the constraint that compares with one number. */
  public static Constraint of(Kind kind, double bound) {
    return new Constraint(kind, bound, bound);
  }

  /** Returns whether {@code value} fulfils this; NaN never does. */
  public boolean holds(double value) {
    return switch (kind) {
      case EQUALS -> value == low;
      case NOT_EQUALS -> value != low && !Double.isNaN(value);
      case AT_LEAST -> value >= low;
      case AT_MOST -> value <= low;
      case ABOVE -> value > low;
      case BELOW -> value < low;
      case BETWEEN -> value >= low && value <= high;
      case NOT_BETWEEN -> value < low || value > high;
    };
  }

  /** Returns this as a range that holds exactly the values that fulfil it, where it is one. */
  public Limits limits() {
    return switch (kind) {
      case EQUALS, BETWEEN -> Limits.of(low, high);
      case AT_LEAST -> Limits.from(low);
      case AT_MOST -> Limits.to(high);
      case ABOVE -> Limits.from(Math.nextUp(low));
      case BELOW -> Limits.to(Math.nextDown(high));
      case NOT_EQUALS, NOT_BETWEEN -> Limits.NONE;
    };
  }

  /** Returns how it stands in a line, for example {@code between 20 and 60}. */
  public String written() {
    return kind.isRange()
        ? kind.symbol() + " " + plain(low) + " and " + plain(high)
        : kind.symbol() + " " + plain(low);
  }

  /** Returns {@code value} without the fraction of a whole number. */
  public static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : ValueWriter.number(value);
  }
}
