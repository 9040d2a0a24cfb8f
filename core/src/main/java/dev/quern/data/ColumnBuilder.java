package dev.quern.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one column row by row. {@link #build} hands over the arrays and starts
 * anew. Not safe for several threads.
 */
public final class ColumnBuilder {
  private final Type type;
  private final Type.Kind kind;
  private final Nulls.Builder nulls = new Nulls.Builder();
  private final @Nullable ColumnBuilder elements;
  private final List<ColumnBuilder> parts = new ArrayList<>();
  private int size;
  private long[] longs = {};
  private long[] highs = {};
  private double[] doubles = {};
  private float[] floats = {};
  private boolean[] bools = {};
  private byte[] bytes = {};
  private int used;
  private int[] starts = {};
  private int[] ends = {};

  /** Rows and bytes of the column built last: the next one is likely to be as large. */
  private int rowsBefore;

  private int usedBefore;

  private ColumnBuilder(Type type) {
    this.type = type;
    this.kind = type.kind();
    this.elements = type instanceof Type.ListOf list ? new ColumnBuilder(list.element()) : null;
    if (type instanceof Type.Struct struct) {
      for (Field field : struct.schema().fields()) {
        parts.add(new ColumnBuilder(field.type()));
      }
    }
  }

  /** Returns a builder of columns of {@code type}. */
  public static ColumnBuilder of(Type type) {
    return new ColumnBuilder(type);
  }

  /** Returns the type of the values. */
  public Type type() {
    return type;
  }

  /** Returns the number of rows appended since the last build. */
  public int size() {
    return size;
  }

  /** Returns the approximate memory of what was appended, in bytes. */
  public long memory() {
    long total = 8L * size + used;
    if (elements != null) {
      total += elements.memory();
    }
    for (ColumnBuilder part : parts) {
      total += part.memory();
    }
    return total;
  }

  /** Makes room for so many more rows of text or bytes and so many more bytes of them. */
  public void reserve(int rows, long more) {
    int wanted = size + rows;
    if (wanted > starts.length) {
      starts = Arrays.copyOf(starts, wanted);
      ends = Arrays.copyOf(ends, wanted);
    }
    long needed = Math.min(Integer.MAX_VALUE - 8L, used + more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) needed);
    }
  }

  /** Appends a missing value. */
  public void appendNull() {
    nulls.set(size);
    switch (kind) {
      case LONG, TIMESTAMP, DATE -> putLong(0);
      case DECIMAL -> putDecimal(0, 0);
      case DOUBLE -> putDouble(0);
      case FLOAT -> putFloat(0);
      case BOOL -> putBool(false);
      case TEXT, BYTES -> putSlice(used, used);
      case LIST -> putStart();
      case STRUCT -> parts.forEach(ColumnBuilder::appendNull);
    }
    size++;
  }

  /**
   * Appends a long, timestamp (µs) or date (days); to a number column its exact or nearest value.
   */
  public void appendLong(long value) {
    switch (kind) {
      case LONG, TIMESTAMP, DATE -> putLong(value);
      case DOUBLE -> putDouble(value);
      case FLOAT -> putFloat(value);
      case DECIMAL -> {
        appendDecimal(BigDecimal.valueOf(value));
        return;
      }
      case TEXT, BOOL, BYTES, LIST, STRUCT -> throw wrong("long");
    }
    size++;
  }

  /** Appends a double. */
  public void appendDouble(double value) {
    switch (kind) {
      case DOUBLE -> putDouble(value);
      case FLOAT -> putFloat((float) value);
      case TEXT, LONG, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> throw wrong("double");
    }
    size++;
  }

  /** Appends a bool. */
  public void appendBool(boolean value) {
    if (kind != Type.Kind.BOOL) {
      throw wrong("bool");
    }
    putBool(value);
    size++;
  }

  /** Appends a decimal, rounded half even to the scale of the column. */
  public void appendDecimal(BigDecimal value) {
    if (!(type instanceof Type.Decimal decimal)) {
      throw wrong("decimal");
    }
    BigInteger unscaled = value.setScale(decimal.scale(), RoundingMode.HALF_EVEN).unscaledValue();
    putDecimal(unscaled.shiftRight(64).longValue(), unscaled.longValue());
    size++;
  }

  /** Appends a decimal by the two halves of its unscaled value. */
  public void appendDecimal(long high, long low) {
    putDecimal(high, low);
    size++;
  }

  /** Appends a copy of the bytes in [start, end), valid UTF-8 for a text column. */
  public void appendSlice(byte[] source, int start, int end) {
    int length = end - start;
    roomForBytes(length);
    System.arraycopy(source, start, bytes, used, length);
    putSlice(used, used + length);
    used += length;
    size++;
  }

  /** Appends a text. */
  public void appendText(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    appendSlice(utf8, 0, utf8.length);
  }

  /** Returns the builder of a list's elements: append them, then call {@link #endList}. */
  public ColumnBuilder elements() {
    if (elements == null) {
      throw wrong("list");
    }
    return elements;
  }

  /** Ends a list that holds the elements appended since the last list. */
  public void endList() {
    putStart();
    size++;
  }

  /** Returns the builder of a struct's part: append one value to each, then {@link #endStruct}. */
  public ColumnBuilder part(int position) {
    return parts.get(position);
  }

  /** Ends a struct whose parts were appended. */
  public void endStruct() {
    size++;
  }

  /** Appends a copy of the value in {@code row} of {@code column}, which has the same type. */
  public void append(Column column, int row) {
    if (column.isNull(row)) {
      appendNull();
      return;
    }
    switch (kind) {
      case LONG, TIMESTAMP, DATE -> {
        putLong(column.longAt(row));
        size++;
      }
      case DOUBLE -> {
        putDouble(column.doubleAt(row));
        size++;
      }
      case FLOAT -> {
        putFloat((float) column.doubleAt(row));
        size++;
      }
      case BOOL -> {
        putBool(column.boolAt(row));
        size++;
      }
      case DECIMAL -> {
        DecimalColumn decimals = (DecimalColumn) column;
        putDecimal(decimals.high(row), decimals.low(row));
        size++;
      }
      case TEXT, BYTES -> appendFrom(column, row);
      case LIST -> {
        ListColumn lists = (ListColumn) column;
        for (int i = lists.start(row); i < lists.end(row); i++) {
          elements().append(lists.elements(), i);
        }
        endList();
      }
      case STRUCT -> {
        StructColumn structs = (StructColumn) column;
        for (int i = 0; i < parts.size(); i++) {
          parts.get(i).append(structs.part(i), row);
        }
        endStruct();
      }
    }
  }

  private void appendFrom(Column column, int row) {
    if (column instanceof DictionaryColumn coded) {
      TextColumn dictionary = coded.dictionary();
      int code = coded.code(row);
      appendSlice(dictionary.bytes(), dictionary.start(code), dictionary.end(code));
    } else {
      TextColumn texts = (TextColumn) column;
      appendSlice(texts.bytes(), texts.start(row), texts.end(row));
    }
  }

  /**
   * Appends a value in the form of {@link Column#valueAt}; whole numbers are accepted where a
   * double, float or decimal is wanted.
   *
   * @throws IllegalArgumentException if the object does not fit the type
   */
  public void appendValue(@Nullable Object value) {
    if (value == null) {
      appendNull();
    } else if (value instanceof String text && kind == Type.Kind.TEXT) {
      appendText(text);
    } else if (value instanceof byte[] raw && kind == Type.Kind.BYTES) {
      appendSlice(raw, 0, raw.length);
    } else if (value instanceof Boolean bool && kind == Type.Kind.BOOL) {
      appendBool(bool);
    } else if (value instanceof BigDecimal decimal && kind == Type.Kind.DECIMAL) {
      appendDecimal(decimal);
    } else if (value instanceof Instant instant && kind == Type.Kind.TIMESTAMP) {
      appendLong(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    } else if (value instanceof LocalDate date && kind == Type.Kind.DATE) {
      appendLong(date.toEpochDay());
    } else if ((value instanceof Long || value instanceof Integer) && type.isNumber()) {
      appendLong(((Number) value).longValue());
    } else if (value instanceof Number number
        && (kind == Type.Kind.DOUBLE || kind == Type.Kind.FLOAT)) {
      appendDouble(number.doubleValue());
    } else if (value instanceof List<?> list && kind == Type.Kind.LIST) {
      list.forEach(elements()::appendValue);
      endList();
    } else if (value instanceof Map<?, ?> map && type instanceof Type.Struct struct) {
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).appendValue(map.get(struct.schema().field(i).name()));
      }
      endStruct();
    } else {
      throw new IllegalArgumentException(
          "value must fit " + type + "; found: " + value.getClass().getSimpleName());
    }
  }

  /**
   * Forgets all rows from {@code rows} on, and elements and parts appended for a row that was not
   * ended: for readers that find a value at fault after others of its sample were appended.
   */
  public void truncate(int rows) {
    size = rows;
    nulls.clearFrom(rows);
    if (kind == Type.Kind.TEXT || kind == Type.Kind.BYTES) {
      used = rows == 0 ? 0 : ends[rows - 1];
    } else if (elements != null) {
      elements.truncate(rows == 0 ? 0 : starts[rows - 1]);
    }
    for (ColumnBuilder part : parts) {
      part.truncate(rows);
    }
  }

  /** Returns the rows appended and starts anew. */
  public Column build() {
    int rows = size;
    Nulls missing = nulls.build();
    size = 0;
    rowsBefore = rows;
    usedBefore = used;
    if (used < bytes.length >> 1) {
      bytes = Arrays.copyOf(bytes, used);
    }
    Column built =
        switch (kind) {
          case LONG, TIMESTAMP, DATE -> new LongColumn(type, longs, rows, missing);
          case DOUBLE -> new DoubleColumn(doubles, rows, missing);
          case FLOAT -> new FloatColumn(floats, rows, missing);
          case BOOL -> new BoolColumn(bools, rows, missing);
          case DECIMAL -> new DecimalColumn((Type.Decimal) type, highs, longs, rows, missing);
          case TEXT, BYTES -> new TextColumn(type, bytes, starts, ends, rows, missing);
          case LIST -> buildList(rows, missing);
          case STRUCT ->
              new StructColumn(
                  (Type.Struct) type,
                  parts.stream().map(ColumnBuilder::build).toList(),
                  rows,
                  missing);
        };
    longs = new long[0];
    highs = new long[0];
    doubles = new double[0];
    floats = new float[0];
    bools = new boolean[0];
    bytes = new byte[0];
    starts = new int[0];
    ends = new int[0];
    used = 0;
    return built;
  }

  private Column buildList(int rows, Nulls missing) {
    int[] all = new int[rows + 1];
    System.arraycopy(starts, 0, all, 1, rows);
    return new ListColumn(type, all, elements().build(), rows, missing);
  }

  private void putLong(long value) {
    if (size == longs.length) {
      longs = Arrays.copyOf(longs, grown(size));
    }
    longs[size] = value;
  }

  private void putDecimal(long high, long low) {
    if (size == highs.length) {
      highs = Arrays.copyOf(highs, grown(size));
    }
    highs[size] = high;
    putLong(low);
  }

  private void putDouble(double value) {
    if (size == doubles.length) {
      doubles = Arrays.copyOf(doubles, grown(size));
    }
    doubles[size] = value;
  }

  private void putFloat(float value) {
    if (size == floats.length) {
      floats = Arrays.copyOf(floats, grown(size));
    }
    floats[size] = value;
  }

  private void putBool(boolean value) {
    if (size == bools.length) {
      bools = Arrays.copyOf(bools, grown(size));
    }
    bools[size] = value;
  }

  private void putSlice(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, grown(size));
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[size] = start;
    ends[size] = end;
  }

  private void putStart() {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, grown(size));
    }
    starts[size] = elements().size();
  }

  private void roomForBytes(int more) {
    if (used + more > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes,
              (int)
                  Math.min(
                      Integer.MAX_VALUE - 8L,
                      Math.max(
                          used == 0 ? Math.min(usedBefore, 8 << 20) : 2L * bytes.length,
                          Math.addExact(used, more))));
    }
  }

  private int grown(int rows) {
    return Math.max(16, rows == 0 ? rowsBefore : rows + (rows >> 1) + 1);
  }

  private IllegalStateException wrong(String given) {
    return new IllegalStateException(
        "column builder must be of a type for " + given + "; found: " + type);
  }
}
