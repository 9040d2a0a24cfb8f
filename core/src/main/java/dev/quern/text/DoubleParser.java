package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** IEEE 754 binary64, rounded to nearest. */
final class DoubleParser extends ValueParser {
  private final PlainNumber plain = new PlainNumber();
  private final Decimal decimal = new Decimal();

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    if (plain.scan(bytes, start, end) == end && plain.isDouble()) {
      out.appendDouble(plain.toDouble());
      return null;
    }
    if (!decimal.scan(bytes, start, end)) {
      return "not_a_double";
    }
    double value = decimal.toDouble();
    if (Double.isInfinite(value)) {
      return "out_of_range";
    }
    out.appendDouble(value);
    return null;
  }
}
