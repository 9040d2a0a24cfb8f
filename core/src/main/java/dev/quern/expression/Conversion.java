package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;

/**
 * A value as another type; missing where it does not fit. Numbers become whole by cutting the
 * fraction off; dates are midnight UTC.
 */
final class Conversion extends OverText {
  static final long MICROS_OF_DAY = 86_400_000_000L;

  /** Makes the conversion of {@code input}, whose type {@link #supports} it. */
  Conversion(Bound input, Type to) {
    super(to, List.of(input));
  }

  static boolean supports(Type from, Type to) {
    if (from.equals(to) || to.equals(Type.TEXT)) {
      return from.isScalar() && !from.equals(Type.BYTES);
    }
    return switch (from.kind()) {
      case TEXT -> to.isScalar() && !to.equals(Type.BYTES);
      case LONG -> to.isNumber() || to.equals(Type.BOOL);
      case DOUBLE, FLOAT, DECIMAL -> to.isNumber();
      case BOOL -> to.isNumber();
      case TIMESTAMP -> to.equals(Type.DATE);
      case DATE -> to.equals(Type.TIMESTAMP);
      case BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  Column evaluate(Batch batch) {
    return applyTo(inputs.get(0).evaluate(batch), batch);
  }

  @Override
  Column apply(Column from, Rows rows) {
    Target out = new Target(type, from.size(), from.nulls());
    if (from instanceof LongColumn longs && type.equals(Type.DOUBLE)) {
      long[] values = longs.values();
      for (int i = 0, n = rows.count(); i < n; i++) {
        int row = rows.row(i);
        out.doubles[row] = values[row];
      }
      return out.build();
    }
    Slice slice = new Slice();
    for (int i = 0, n = rows.count(); i < n; i++) {
      int row = rows.row(i);
      if (!from.isNull(row)) {
        convert(from, row, out, slice);
      }
    }
    return out.build();
  }

  private void convert(Column from, int row, Target out, Slice slice) {
    switch (type.kind()) {
      case TEXT -> {
        try {
          out.setText(row, Written.text(from, row));
        } catch (DateTimeException e) {
          out.setNull(row);
        }
      }
      case LONG -> toLong(from, row, out, slice);
      case DOUBLE, FLOAT -> toDouble(from, row, out, slice);
      case DECIMAL -> toDecimal(from, row, out, slice);
      case BOOL -> toBool(from, row, out, slice);
      case TIMESTAMP -> toTimestamp(from, row, out, slice);
      case DATE -> toDate(from, row, out, slice);
      case BYTES, LIST, STRUCT ->
          throw new IllegalStateException("type must be convertible; found: " + type);
    }
  }

  private static void toLong(Column from, int row, Target out, Slice slice) {
    switch (from.type().kind()) {
      case LONG -> out.setLong(row, from.longAt(row));
      case BOOL -> out.setLong(row, from.boolAt(row) ? 1 : 0);
      case DOUBLE, FLOAT -> {
        double value = from.doubleAt(row);
        // 2^63 is the first double that is no long; the cast cuts the fraction off.
        if (value >= -0x1p63 && value < 0x1p63) {
          out.setLong(row, (long) value);
        } else {
          out.setNull(row);
        }
      }
      case DECIMAL -> {
        BigInteger whole =
            ((DecimalColumn) from).decimalAt(row).setScale(0, RoundingMode.DOWN).unscaledValue();
        if (whole.bitLength() < 64) {
          out.setLong(row, whole.longValue());
        } else {
          out.setNull(row);
        }
      }
      default -> {
        String text = from.sliceAt(row, slice).text();
        try {
          out.setLong(row, Long.parseLong(Written.ascii(text)));
        } catch (NumberFormatException e) {
          out.setNull(row);
        }
      }
    }
  }

  private static void toDouble(Column from, int row, Target out, Slice slice) {
    switch (from.type().kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> out.setDouble(row, from.doubleAt(row));
      case BOOL -> out.setDouble(row, from.boolAt(row) ? 1 : 0);
      default -> {
        double value = Written.number(from.sliceAt(row, slice).text());
        out.setDouble(row, Double.isInfinite(value) ? Double.NaN : value);
      }
    }
  }

  private static void toDecimal(Column from, int row, Target out, Slice slice) {
    switch (from.type().kind()) {
      case LONG -> out.setDecimal(row, BigDecimal.valueOf(from.longAt(row)));
      case BOOL -> out.setDecimal(row, from.boolAt(row) ? BigDecimal.ONE : BigDecimal.ZERO);
      case DECIMAL -> out.setDecimal(row, from.decimalAt(row));
      case DOUBLE, FLOAT -> {
        double value = from.doubleAt(row);
        if (Math.abs(value) < 1e39) {
          // The shortest decimal that reads back as this number, so 0.1 is 0.1.
          out.setDecimal(row, new BigDecimal(Written.text(from, row)));
        } else {
          out.setNull(row);
        }
      }
      default -> {
        String text = from.sliceAt(row, slice).text();
        double size = Math.abs(Written.number(text));
        // Outside of this no decimal fits; a large exponent would cost gigabytes.
        if (size < 1e39 && text.strip().length() <= 400 && (size > 1e-300 || size == 0)) {
          out.setDecimal(row, new BigDecimal(text.strip()));
        } else {
          out.setNull(row);
        }
      }
    }
  }

  private static void toBool(Column from, int row, Target out, Slice slice) {
    if (from.type().equals(Type.LONG)) {
      long value = from.longAt(row);
      out.setBool(row, value == 1);
      if (value != 0 && value != 1) {
        out.setNull(row);
      }
      return;
    }
    if (from.type().equals(Type.BOOL)) {
      out.setBool(row, from.boolAt(row));
      return;
    }
    switch (from.sliceAt(row, slice).text().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> out.setBool(row, true);
      case "false" -> out.setBool(row, false);
      default -> out.setNull(row);
    }
  }

  private static void toTimestamp(Column from, int row, Target out, Slice slice) {
    try {
      switch (from.type().kind()) {
        case TIMESTAMP -> out.setLong(row, from.longAt(row));
        case DATE -> out.setLong(row, Math.multiplyExact(from.longAt(row), MICROS_OF_DAY));
        default -> out.setLong(row, Written.timestamp(from.sliceAt(row, slice).text()));
      }
    } catch (DateTimeException | ArithmeticException e) {
      out.setNull(row);
    }
  }

  private static void toDate(Column from, int row, Target out, Slice slice) {
    try {
      switch (from.type().kind()) {
        case DATE -> out.setLong(row, from.longAt(row));
        case TIMESTAMP -> out.setLong(row, Math.floorDiv(from.longAt(row), MICROS_OF_DAY));
        default -> out.setLong(row, Written.date(from.sliceAt(row, slice).text()));
      }
    } catch (DateTimeException e) {
      out.setNull(row);
    }
  }

  @Override
  boolean isEmittable() {
    Type from = inputs.get(0).type;
    boolean number =
        from.equals(Type.LONG)
            || from.equals(Type.DOUBLE)
            || from.equals(Type.FLOAT)
            || from.equals(Type.BOOL);
    return number && (type.equals(Type.LONG) || type.equals(Type.DOUBLE));
  }

  @Override
  String emit(Emission to) {
    String value = to.value(inputs.get(0));
    Type from = inputs.get(0).type;
    if (!type.equals(Type.LONG) || from.equals(Type.LONG) || from.equals(Type.BOOL)) {
      return value;
    }
    String cut = to.node("Mul", to.node("Sign", value), to.node("Floor", to.node("Abs", value)));
    return to.below(cut, Arithmetic.LONGS);
  }
}
