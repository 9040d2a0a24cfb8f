package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** IEEE 754 binary32, rounded to nearest once. */
final class FloatParser extends ValueParser {
  private final Decimal decimal = new Decimal();

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    if (!decimal.scan(bytes, start, end)) {
      return "not_a_float";
    }
    float value = decimal.toFloat();
    if (Float.isInfinite(value)) {
      return "out_of_range";
    }
    out.appendDouble(value);
    return null;
  }
}
