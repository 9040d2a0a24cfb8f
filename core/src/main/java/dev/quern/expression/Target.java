package dev.quern.expression;

import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.FloatColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column being computed, its values placed by physical row in any order. */
final class Target {
  final long[] longs;
  final double[] doubles;
  final boolean[] bools;
  private final Type type;
  private final int rows;
  private final Nulls base;
  private final long[] highs;
  private final float[] floats;
  private final int[] starts;
  private final int[] ends;
  private final Slice slice = new Slice();
  private byte[] bytes = {};
  private int used;
  private long @Nullable [] missing;

  /** Makes a column whose rows are null where {@code base} says so, or where it is told later. */
  Target(Type type, int rows, Nulls base) {
    this.type = type;
    this.rows = rows;
    this.base = base;
    Type.Kind kind = type.kind();
    boolean whole =
        switch (kind) {
          case LONG, TIMESTAMP, DATE, DECIMAL -> true;
          case TEXT, DOUBLE, FLOAT, BOOL, BYTES, LIST, STRUCT -> false;
        };
    boolean slices = kind == Type.Kind.TEXT || kind == Type.Kind.BYTES;
    longs = new long[whole ? rows : 0];
    highs = new long[kind == Type.Kind.DECIMAL ? rows : 0];
    doubles = new double[kind == Type.Kind.DOUBLE ? rows : 0];
    floats = new float[kind == Type.Kind.FLOAT ? rows : 0];
    bools = new boolean[kind == Type.Kind.BOOL ? rows : 0];
    starts = new int[slices ? rows : 0];
    ends = new int[slices ? rows : 0];
  }

  void setNull(int row) {
    long[] words = missing;
    if (words == null) {
      words = new long[(rows + 63) >>> 6];
      missing = words;
    }
    words[row >>> 6] |= 1L << row;
  }

  void setLong(int row, long value) {
    longs[row] = value;
  }

  /** Sets a double; NaN is missing. */
  void setDouble(int row, double value) {
    if (Double.isNaN(value)) {
      setNull(row);
    } else if (type.kind() == Type.Kind.FLOAT) {
      floats[row] = (float) value;
    } else {
      doubles[row] = value;
    }
  }

  void setBool(int row, boolean value) {
    bools[row] = value;
  }

  /** Sets a decimal, rounded half up to the scale; missing where it has too many digits. */
  void setDecimal(int row, BigDecimal value) {
    Type.Decimal decimal = (Type.Decimal) type;
    BigDecimal scaled = value.setScale(decimal.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() > decimal.precision()) {
      setNull(row);
      return;
    }
    BigInteger unscaled = scaled.unscaledValue();
    highs[row] = unscaled.shiftRight(64).longValue();
    longs[row] = unscaled.longValue();
  }

  void setText(int row, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    setSlice(row, utf8, 0, utf8.length);
  }

  void setSlice(int row, byte[] source, int start, int end) {
    starts[row] = used;
    append(source, start, end);
    ends[row] = used;
  }

  /** Begins a text that {@link #append} makes and {@link #endText} ends. */
  void beginText(int row) {
    starts[row] = used;
  }

  void append(byte[] source, int start, int end) {
    int length = end - start;
    room(length);
    System.arraycopy(source, start, bytes, used, length);
    used += length;
  }

  /** Appends all bytes but those that are {@code left}. */
  void appendWithout(byte left, byte[] source, int start, int end) {
    room(end - start);
    byte[] into = bytes;
    int to = used;
    for (int at = start; at < end; at++) {
      byte b = source[at];
      into[to] = b;
      // Without a branch, which would be guessed wrong at every word.
      to += b == left ? 0 : 1;
    }
    used = to;
  }

  private void room(int length) {
    if (used + length > bytes.length) {
      long room = Math.max(2L * bytes.length, Math.max(256, Math.addExact(used, length)));
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, room));
    }
  }

  void endText(int row) {
    ends[row] = used;
  }

  /** Copies the value in {@code from} of {@code column}, which has this type. */
  void copy(Column column, int from, int row) {
    if (column.isNull(from)) {
      setNull(row);
      return;
    }
    switch (type.kind()) {
      case LONG, TIMESTAMP, DATE -> longs[row] = column.longAt(from);
      case DOUBLE, FLOAT -> setDouble(row, column.doubleAt(from));
      case BOOL -> bools[row] = column.boolAt(from);
      case DECIMAL -> {
        DecimalColumn decimals = (DecimalColumn) column;
        highs[row] = decimals.high(from);
        longs[row] = decimals.low(from);
      }
      case TEXT, BYTES -> {
        column.sliceAt(from, slice);
        setSlice(row, slice.bytes, slice.start, slice.end);
      }
      case LIST, STRUCT -> throw new IllegalStateException("value must be scalar; found: " + type);
    }
  }

  Column build() {
    Nulls nulls = missing == null ? base : Nulls.either(base, Nulls.of(missing));
    return switch (type.kind()) {
      case LONG, TIMESTAMP, DATE -> new LongColumn(type, longs, rows, nulls);
      case DOUBLE -> new DoubleColumn(doubles, rows, nulls);
      case FLOAT -> new FloatColumn(floats, rows, nulls);
      case BOOL -> new BoolColumn(bools, rows, nulls);
      case DECIMAL -> new DecimalColumn((Type.Decimal) type, highs, longs, rows, nulls);
      case TEXT, BYTES -> new TextColumn(type, bytes, starts, ends, rows, nulls);
      case LIST, STRUCT -> throw new IllegalStateException("value must be scalar; found: " + type);
    };
  }
}
