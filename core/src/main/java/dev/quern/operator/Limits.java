package dev.quern.operator;

import dev.quern.format.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between what a metric must lie for its check to pass.
 *
 * @param low the least value that passes; absent: there is no lower limit
 * @param high the greatest value that passes; absent: there is no upper limit
 */
public record Limits(Optional<Double> low, Optional<Double> high) {
  /** Nothing is compared, or with something that is no range. */
  public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

  private static final String LOW = "low";
  private static final String HIGH = "high";

  /** Returns the limits on both sides. */
  public static Limits of(double low, double high) {
    return new Limits(Optional.of(low), Optional.of(high));
  }

  /** Returns the limit from which values pass. */
  public static Limits from(double low) {
    return new Limits(Optional.of(low), Optional.empty());
  }

  /** Returns the limit up to which values pass. */
  public static Limits to(double high) {
    return new Limits(Optional.empty(), Optional.of(high));
  }

  /** Returns the lower limit alone. */
  public Limits lower() {
    return new Limits(low, Optional.empty());
  }

  /** Returns the upper limit alone. */
  public Limits upper() {
    return new Limits(Optional.empty(), high);
  }

  /** Returns whether {@code value} lies below the lower limit. */
  public boolean isAbove(double value) {
    return low.isPresent() && value < low.get();
  }

  /** Returns whether {@code value} lies above the upper limit. */
  public boolean isBelow(double value) {
    return high.isPresent() && value > high.get();
  }

  /** Returns these as plain values, see {@link #read}. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    low.ifPresent(limit -> plain.put(LOW, limit));
    high.ifPresent(limit -> plain.put(HIGH, limit));
    return plain;
  }

  /** Returns the limits whose {@link #plain} values are {@code plain}. */
  public static Limits read(@Nullable Object plain) {
    Map<String, @Nullable Object> map = Json.object(plain);
    return new Limits(number(map.get(LOW)), number(map.get(HIGH)));
  }

  private static Optional<Double> number(@Nullable Object plain) {
    return plain instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
  }
}
