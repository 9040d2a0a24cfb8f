package dev.quern.privacy.anonymity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers become intervals {@code [low, high)} of growing width, then {@code *}. Decimal
 * arithmetic: no rounding moves a value into the next interval. What is no number is unknown.
 *
 * @param widths the width at each level, each a multiple of the one before
 * @param from where an interval begins
 */
public record IntervalHierarchy(List<BigDecimal> widths, BigDecimal from) implements Hierarchy {

  /**
   * Makes a hierarchy.
   *
   * @throws IllegalArgumentException if a width is not positive or no multiple of the one before
   */
  public IntervalHierarchy {
    widths = List.copyOf(widths);
    for (int i = 0; i < widths.size(); i++) {
      boolean multiple =
          i == 0
              || widths.get(i - 1).signum() > 0
                  && widths.get(i).remainder(widths.get(i - 1)).signum() == 0
                  && widths.get(i).compareTo(widths.get(i - 1)) > 0;
      if (widths.get(i).signum() <= 0 || !multiple) {
        throw new IllegalArgumentException(
            "widths of intervals must be above 0, each a multiple of the one before; found: "
                + widths);
      }
    }
  }

  @Override
  public int levels() {
    return widths.size() + 2;
  }

  @Override
  public @Nullable String at(String value, int level) {
    BigDecimal number = number(value);
    if (number == null || level == 0) {
      return number == null ? null : value;
    }
    if (level == levels() - 1) {
      return ANY;
    }
    BigDecimal width = widths.get(level - 1);
    BigDecimal steps = number.subtract(from).divide(width, 0, RoundingMode.FLOOR);
    BigDecimal low = from.add(steps.multiply(width));
    return "[" + plain(low) + ", " + plain(low.add(width)) + ")";
  }

  private static @Nullable BigDecimal number(String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null; // what is no number has no interval
    }
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
