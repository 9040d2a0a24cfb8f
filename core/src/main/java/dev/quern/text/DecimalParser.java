package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Exact decimals: a digit too many is told, never rounded away. */
final class DecimalParser extends ValueParser {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  /** Longer or larger numbers cannot fit 38 digits; keeps BigDecimal from growing without bound. */
  private static final int MOST = 400;

  private final Decimal decimal = new Decimal();
  private final int precision;
  private final int scale;

  DecimalParser(Type.Decimal type) {
    precision = type.precision();
    scale = type.scale();
  }

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    if (!decimal.scan(bytes, start, end)) {
      return "not_a_decimal";
    }
    int shift = decimal.exponent + scale;
    if (decimal.isKept() && shift >= 0 && decimal.significant + shift <= 18) {
      long unscaled = decimal.mantissa * POWERS[shift];
      if (unscaled >= (precision > 18 ? Long.MAX_VALUE : POWERS[precision])) {
        return "too_many_digits";
      }
      unscaled = decimal.negative ? -unscaled : unscaled;
      out.appendDecimal(unscaled >> 63, unscaled);
      return null;
    }
    if (end - start > MOST || Math.abs(decimal.exponent) > MOST) {
      return "too_many_digits";
    }
    BigDecimal value = decimal.toBigDecimal().stripTrailingZeros();
    if (value.scale() > scale || value.precision() - value.scale() > precision - scale) {
      return "too_many_digits";
    }
    out.appendDecimal(value);
    return null;
  }
}
