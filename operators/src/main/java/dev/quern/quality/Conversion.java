package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.text.ValueParser;
import dev.quern.text.ValueWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The way from one type to another, value by value. One instance serves one worker thread. */
interface Conversion {
  /** Microseconds of a day. */
  long DAY = 86_400_000_000L;

  /** Called before the values of {@code column}, for work done once per column. */
  default void begin(Column column) {}

  /**
   * Appends the value of {@code row}, which is not null, to {@code out}.
   *
   * @return null, or the rule the value breaks; nothing is appended then
   */
  @Nullable String append(Column column, int row, ColumnBuilder out);

  /** Returns whether there is a way. */
  static boolean exists(Type from, Type to) {
    if (from.equals(to) || from.equals(Type.TEXT)) {
      return true;
    }
    return switch (to.kind()) {
      case TEXT -> from.isScalar() && from.kind() != Type.Kind.BYTES;
      case LONG, DOUBLE, FLOAT, DECIMAL -> from.isNumber() || from.kind() == Type.Kind.BOOL;
      case BOOL -> from.kind() == Type.Kind.LONG;
      case TIMESTAMP -> from.kind() == Type.Kind.DATE;
      case DATE -> from.kind() == Type.Kind.TIMESTAMP;
      case BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns the way from {@code from} to {@code to}, which exists. */
  static Conversion of(Type from, Type to) {
    if (from.equals(Type.TEXT)) {
      return new Parsing(to);
    }
    return switch (to.kind()) {
      case TEXT -> Conversion::text;
      case LONG -> from.kind() == Type.Kind.BOOL ? Conversion::truth : Conversion::whole;
      case DOUBLE, FLOAT -> from.kind() == Type.Kind.BOOL ? Conversion::truth : Conversion::number;
      case DECIMAL -> from.kind() == Type.Kind.BOOL ? Conversion::truth : Conversion::decimal;
      case BOOL -> Conversion::bool;
      case TIMESTAMP ->
          (column, row, out) -> {
            out.appendLong(Math.multiplyExact(column.longAt(row), DAY));
            return null;
          };
      case DATE ->
          (column, row, out) -> {
            out.appendLong(Math.floorDiv(column.longAt(row), DAY));
            return null;
          };
      case BYTES, LIST, STRUCT ->
          throw new IllegalStateException("conversion must exist; found: " + from + " to " + to);
    };
  }

  private static @Nullable String truth(Column column, int row, ColumnBuilder out) {
    out.appendLong(column.boolAt(row) ? 1 : 0);
    return null;
  }

  private static @Nullable String bool(Column column, int row, ColumnBuilder out) {
    long value = column.longAt(row);
    if (value != 0 && value != 1) {
      return "not_a_bool";
    }
    out.appendBool(value == 1);
    return null;
  }

  private static @Nullable String whole(Column column, int row, ColumnBuilder out) {
    if (column.type() instanceof Type.Decimal) {
      try {
        out.appendLong(column.decimalAt(row).longValueExact());
        return null;
      } catch (ArithmeticException e) {
        return "not_a_long";
      }
    }
    double value = column.doubleAt(row);
    // 2^63 itself is out of range, -2^63 is not.
    if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
      return "not_a_long";
    }
    out.appendLong((long) value);
    return null;
  }

  private static @Nullable String number(Column column, int row, ColumnBuilder out) {
    double value = column.doubleAt(row);
    if (out.type().kind() == Type.Kind.FLOAT
        && Float.isInfinite((float) value)
        && !Double.isInfinite(value)) {
      return "out_of_range";
    }
    out.appendDouble(value);
    return null;
  }

  private static @Nullable String decimal(Column column, int row, ColumnBuilder out) {
    Type.Decimal type = (Type.Decimal) out.type();
    BigDecimal value;
    if (column.type().kind() == Type.Kind.LONG) {
      value = BigDecimal.valueOf(column.longAt(row));
    } else if (column.type() instanceof Type.Decimal) {
      value = column.decimalAt(row);
    } else {
      double number = column.doubleAt(row);
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        return "not_a_decimal";
      }
      value = BigDecimal.valueOf(number);
    }
    value = value.stripTrailingZeros();
    if (value.scale() > type.scale()
        || value.precision() - value.scale() > type.precision() - type.scale()) {
      return "too_many_digits";
    }
    out.appendDecimal(value);
    return null;
  }

  private static @Nullable String text(Column column, int row, ColumnBuilder out) {
    out.appendText(
        switch (column.type().kind()) {
          case LONG -> Long.toString(column.longAt(row));
          case DOUBLE -> ValueWriter.number(column.doubleAt(row));
          case FLOAT -> ValueWriter.number((float) column.doubleAt(row));
          case DECIMAL -> column.decimalAt(row).toPlainString();
          case BOOL -> Boolean.toString(column.boolAt(row));
          case TIMESTAMP -> Instant.EPOCH.plus(column.longAt(row), ChronoUnit.MICROS).toString();
          case DATE -> java.time.LocalDate.ofEpochDay(column.longAt(row)).toString();
          case TEXT, BYTES, LIST, STRUCT ->
              throw new IllegalStateException("conversion must exist; found: " + column.type());
        });
    return null;
  }

  /** Parses texts; once per dictionary entry where there is a dictionary. */
  final class Parsing implements Conversion {
    private final Type to;
    private final ValueParser parser;
    private final Slice slice = new Slice();
    private @Nullable Column entries;
    private @Nullable String[] rules = {};

    Parsing(Type to) {
      this.to = to;
      this.parser = ValueParser.of(to);
    }

    @Override
    public void begin(Column column) {
      entries = null;
      if (column instanceof DictionaryColumn coded) {
        TextColumn dictionary = coded.dictionary();
        ColumnBuilder builder = ColumnBuilder.of(to);
        rules = new @Nullable String[dictionary.size()];
        for (int code = 0; code < rules.length; code++) {
          rules[code] = dictionary.isNull(code) ? "missing" : parse(dictionary, code, builder);
          if (rules[code] != null) {
            builder.appendNull();
          }
        }
        entries = builder.build();
      }
    }

    @Override
    public @Nullable String append(Column column, int row, ColumnBuilder out) {
      if (entries == null) {
        return parse(column, row, out);
      }
      int code = ((DictionaryColumn) column).code(row);
      if (rules[code] == null) {
        out.append(entries, code);
      }
      return rules[code];
    }

    private @Nullable String parse(Column column, int row, ColumnBuilder out) {
      column.sliceAt(row, slice);
      return parser.parse(slice.bytes, slice.start, slice.end, out);
    }
  }
}
