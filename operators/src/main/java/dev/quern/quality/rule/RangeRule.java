package dev.quern.quality.rule;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.operator.BindException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, dates, timestamps or texts in a range. Texts are compared by code points.
 *
 * @param low the lower bound, if there is one: a number or a text
 * @param high the upper bound, if there is one
 */
public record RangeRule(Optional<Bound> low, Optional<Bound> high) implements Requirement {
  /**
   * An end of a range.
   *
   * @param param the parameter that gives it
   * @param value a Long, Double or String
   * @param inclusive whether it belongs to the range
   */
  public record Bound(String param, Object value, boolean inclusive) {}

  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if the bounds are numbers and reversed
   */
  public RangeRule {
    if (low.isPresent()
        && high.isPresent()
        && low.get().value() instanceof Number least
        && high.get().value() instanceof Number most
        && exact(least).compareTo(exact(most)) > 0) {
      throw new IllegalArgumentException(
          low.get().param()
              + " must be <= "
              + high.get().param()
              + "; found: "
              + least
              + ", "
              + most);
    }
  }

  @Override
  public String reason() {
    return "range";
  }

  @Override
  public Rule bind(Field field) {
    return switch (field.type().kind()) {
      case LONG -> longs(field);
      case DOUBLE, FLOAT -> doubles(field);
      case DECIMAL -> decimals(field);
      case DATE, TIMESTAMP -> times(field);
      case TEXT -> texts(field);
      case BOOL, BYTES, LIST, STRUCT ->
          throw new BindException(
              low.or(() -> high).orElseThrow().param(),
              "must be asked of numbers, dates, timestamps or texts; found: "
                  + field.name()
                  + ", "
                  + field.type());
    };
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }

  private static BigDecimal number(Field field, Bound bound) {
    return Literals.number(field, bound.param(), bound.value());
  }

  /** Bounds become the least and the most long within, so that longs are compared exactly. */
  private Rule longs(Field field) {
    BigDecimal least = BigDecimal.valueOf(Long.MIN_VALUE);
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    if (low.isPresent()) {
      BigDecimal bound = number(field, low.get());
      BigDecimal whole = bound.setScale(0, RoundingMode.CEILING);
      boolean out = !low.get().inclusive() && whole.compareTo(bound) == 0;
      least = least.max(out ? whole.add(BigDecimal.ONE) : whole);
    }
    if (high.isPresent()) {
      BigDecimal bound = number(field, high.get());
      BigDecimal whole = bound.setScale(0, RoundingMode.FLOOR);
      boolean out = !high.get().inclusive() && whole.compareTo(bound) == 0;
      most = most.min(out ? whole.subtract(BigDecimal.ONE) : whole);
    }
    if (least.compareTo(most) > 0) {
      return (column, row) -> false;
    }
    return between(least.longValueExact(), most.longValueExact());
  }

  private static Rule between(long least, long most) {
    return (column, row) -> {
      long value = column.longAt(row);
      return value >= least && value <= most;
    };
  }

  private Rule doubles(Field field) {
    double least =
        low.map(bound -> number(field, bound).doubleValue()).orElse(Double.NEGATIVE_INFINITY);
    double most =
        high.map(bound -> number(field, bound).doubleValue()).orElse(Double.POSITIVE_INFINITY);
    boolean withLeast = low.map(Bound::inclusive).orElse(true);
    boolean withMost = high.map(Bound::inclusive).orElse(true);
    return (column, row) -> {
      double value = column.doubleAt(row);
      return (value > least || withLeast && value == least)
          && (value < most || withMost && value == most);
    };
  }

  private Rule decimals(Field field) {
    @Nullable BigDecimal least = low.map(bound -> number(field, bound)).orElse(null);
    @Nullable BigDecimal most = high.map(bound -> number(field, bound)).orElse(null);
    boolean withLeast = low.map(Bound::inclusive).orElse(true);
    boolean withMost = high.map(Bound::inclusive).orElse(true);
    return (column, row) -> {
      BigDecimal value = column.decimalAt(row);
      return (least == null || value.compareTo(least) >= (withLeast ? 0 : 1))
          && (most == null || value.compareTo(most) <= (withMost ? 0 : -1));
    };
  }

  private Rule times(Field field) {
    long least = Long.MIN_VALUE;
    long most = Long.MAX_VALUE;
    if (low.isPresent()) {
      long bound = Literals.time(field, low.get().param(), low.get().value());
      least = low.get().inclusive() ? bound : bound + 1;
    }
    if (high.isPresent()) {
      long bound = Literals.time(field, high.get().param(), high.get().value());
      most = high.get().inclusive() ? bound : bound - 1;
    }
    return between(least, most);
  }

  private Rule texts(Field field) {
    byte @Nullable [] least = bytes(field, low);
    byte @Nullable [] most = bytes(field, high);
    boolean withLeast = low.map(Bound::inclusive).orElse(true);
    boolean withMost = high.map(Bound::inclusive).orElse(true);
    Slice slice = new Slice();
    return (column, row) ->
        (least == null || compare(column, row, slice, least) >= (withLeast ? 0 : 1))
            && (most == null || compare(column, row, slice, most) <= (withMost ? 0 : -1));
  }

  private static byte @Nullable [] bytes(Field field, Optional<Bound> bound) {
    return bound.isEmpty() ? null : Literals.text(field, bound.get().param(), bound.get().value());
  }

  /** Unsigned bytes of UTF-8 have the order of code points. */
  private static int compare(Column column, int row, Slice slice, byte[] bound) {
    column.sliceAt(row, slice);
    int order = Arrays.compareUnsigned(slice.bytes, slice.start, slice.end, bound, 0, bound.length);
    return Integer.signum(order);
  }
}
