package dev.quern.privacy.recognise;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.text.ValueParser;
import dev.quern.text.ValueWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as the texts that recognisers look at, and back. A file without types, such as CSV, gives
 * telephone and card numbers as numbers and days of birth as dates: they are looked at as a person
 * would write them.
 *
 * <ul>
 *   <li>long: its digits
 *   <li>double and decimal: the digits of whole numbers below 2<sup>63</sup>; others are nobody's
 *   <li>date: yyyy-MM-dd
 *   <li>timestamp: its day in UTC, yyyy-MM-dd
 * </ul>
 *
 * <p>Of what is no text a recogniser must take all: a part of a number says nothing. Not safe for
 * several threads.
 */
public final class CellText {
  /** What fields are looked at, for messages. */
  public static final String LOOKED_AT =
      "text, whole numbers, dates, or lists and structs that hold some";

  private static final double LONGS = 0x1p63;
  private static final int SIGNS = 20;

  private final ValueWriter writer = new ValueWriter();
  private final Map<Type.Kind, ValueParser> parsers = new EnumMap<>(Type.Kind.class);
  private final Slice slice = new Slice();
  private final byte[] digits = new byte[SIGNS];

  /** Returns whether values of {@code type} are looked at. */
  public static boolean isOf(Type type) {
    return switch (type.kind()) {
      case TEXT, LONG, DOUBLE, DECIMAL, DATE, TIMESTAMP -> true;
      case FLOAT, BOOL, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns whether values of {@code type}, or some within it, are looked at. */
  public static boolean isIn(Type type) {
    return isOf(type) || NestedValues.areIn(type, CellText::isOf);
  }

  /** Returns whether a finding within a value of {@code type} counts that does not cover it. */
  public static boolean isText(Type type) {
    return type.equals(Type.TEXT);
  }

  /**
   * Returns the text of a value that is not missing, valid until the next call; null where no
   * recogniser could take it.
   */
  public @Nullable Slice of(Column column, int row) {
    return switch (column.type().kind()) {
      case TEXT -> column.sliceAt(row, slice);
      case LONG -> digits(column.longAt(row));
      case DOUBLE -> whole(column.doubleAt(row));
      case DECIMAL -> whole(column.decimalAt(row));
      case DATE -> ascii(writer.text(column, row));
      case TIMESTAMP -> ascii(day(writer.text(column, row)));
      case FLOAT, BOOL, BYTES, LIST, STRUCT -> null;
    };
  }

  /**
   * Returns the text of any value that is not missing; as it is written where {@link #of} has none.
   */
  public String text(Column column, int row) {
    Slice text = of(column, row);
    return text == null ? writer.text(column, row) : text.text();
  }

  /** Returns all of a value that is not missing: of a timestamp the time of day as well. */
  public String written(Column column, int row) {
    return column.type().equals(Type.TIMESTAMP) ? writer.text(column, row) : text(column, row);
  }

  /**
   * Appends what {@code text} tells to {@code into}, in the type of {@code column}, whose value in
   * {@code row} it takes the place of: a timestamp keeps its time of day.
   *
   * @return whether the type can hold it; nothing is appended if not
   */
  public boolean append(String text, Column column, int row, ColumnBuilder into) {
    Type type = column.type();
    if (isText(type)) {
      into.appendText(text);
      return true;
    }
    boolean day = type.equals(Type.TIMESTAMP);
    String written = day ? writer.text(column, row) : "";
    String value = day ? text + written.substring(day(written).length()) : text;
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    // Decimals differ in precision: their parsers are not kept by kind.
    ValueParser parser =
        type.kind() == Type.Kind.DECIMAL
            ? ValueParser.of(type)
            : parsers.computeIfAbsent(type.kind(), kind -> ValueParser.of(type));
    return parser.parse(utf8, 0, utf8.length, into) == null;
  }

  private static String day(String timestamp) {
    return timestamp.substring(0, timestamp.indexOf('T'));
  }

  private @Nullable Slice whole(double value) {
    return value == Math.rint(value) && Math.abs(value) < LONGS ? digits((long) value) : null;
  }

  private @Nullable Slice whole(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= 0 && plain.abs().compareTo(BigDecimal.valueOf(LONGS)) < 0
        ? ascii(plain.toPlainString())
        : null;
  }

  private Slice digits(long value) {
    int at = SIGNS;
    long left = value;
    do {
      digits[--at] = (byte) ('0' + Math.abs(left % 10));
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      digits[--at] = '-';
    }
    return slice.set(digits, at, SIGNS);
  }

  private Slice ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return slice.set(bytes, 0, bytes.length);
  }
}
