package dev.quern.text;

import dev.quern.data.Column;
import dev.quern.data.ListColumn;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.io.schubfach.DoubleToDecimal;
import tools.jackson.core.io.schubfach.FloatToDecimal;

/**
 * Writes typed values as text, the inverse of {@link ValueParser}, or as JSON.
 *
 * <p>Doubles and floats are the shortest decimal that reads back as the same value (Giulietti 2020,
 * Schubfach), equal on every JDK. Dates and timestamps are ISO 8601, timestamps in UTC with up to
 * six digits of fraction; bytes are base64; lists and structs are JSON. Not safe for several
 * threads.
 */
public final class ValueWriter {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Slice slice = new Slice();

  /** Appends the value in {@code row} of {@code column} as text; nothing if it is null. */
  public void write(Column column, int row, Utf8Buffer into) {
    if (column.isNull(row)) {
      return;
    }
    switch (column.type().kind()) {
      case TEXT -> {
        column.sliceAt(row, slice);
        into.putBytes(slice.bytes, slice.start, slice.end);
      }
      case LONG, DOUBLE, FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES ->
          into.putAscii(scalar(column, row));
      case LIST, STRUCT -> writeJson(column, row, into);
    }
  }

  /** Appends the value in {@code row} of {@code column} as JSON; a double that is NaN is null. */
  public void writeJson(Column column, int row, Utf8Buffer into) {
    if (column.isNull(row)) {
      into.putAscii("null");
      return;
    }
    Type type = column.type();
    switch (type.kind()) {
      case TEXT -> {
        column.sliceAt(row, slice);
        into.putJsonString(slice.bytes, slice.start, slice.end);
      }
      case DOUBLE, FLOAT -> {
        double value = column.doubleAt(row);
        into.putAscii(
            Double.isNaN(value) || Double.isInfinite(value) ? "null" : scalar(column, row));
      }
      case LONG, DECIMAL, BOOL -> into.putAscii(scalar(column, row));
      case TIMESTAMP, DATE, BYTES -> into.put('"').putAscii(scalar(column, row)).put('"');
      case LIST -> writeList((ListColumn) column, row, into);
      case STRUCT -> writeStruct((StructColumn) column, ((Type.Struct) type).schema(), row, into);
    }
  }

  /** Returns the value in {@code row} of {@code column} as text, empty if it is null. */
  public String text(Column column, int row) {
    Utf8Buffer buffer = new Utf8Buffer();
    write(column, row, buffer);
    return buffer.toString();
  }

  /** Returns the shortest decimal that reads back as {@code value}. */
  public static String number(double value) {
    return DoubleToDecimal.toString(value);
  }

  /** Returns the shortest decimal that reads back as {@code value}. */
  public static String number(float value) {
    return FloatToDecimal.toString(value);
  }

  private void writeList(ListColumn column, int row, Utf8Buffer into) {
    into.put('[');
    for (int i = column.start(row); i < column.end(row); i++) {
      if (i > column.start(row)) {
        into.put(',');
      }
      writeJson(column.elements(), i, into);
    }
    into.put(']');
  }

  private void writeStruct(StructColumn column, Schema schema, int row, Utf8Buffer into) {
    into.put('{');
    for (int i = 0; i < schema.size(); i++) {
      byte[] name = schema.field(i).name().getBytes(StandardCharsets.UTF_8);
      if (i > 0) {
        into.put(',');
      }
      into.putJsonString(name, 0, name.length).put(':');
      writeJson(column.part(i), row, into);
    }
    into.put('}');
  }

  private String scalar(Column column, int row) {
    return switch (column.type().kind()) {
      case LONG -> Long.toString(column.longAt(row));
      case DOUBLE -> number(column.doubleAt(row));
      case FLOAT -> number((float) column.doubleAt(row));
      case DECIMAL -> column.decimalAt(row).toPlainString();
      case BOOL -> Boolean.toString(column.boolAt(row));
      case DATE -> date(new StringBuilder(10), column.longAt(row)).toString();
      case TIMESTAMP -> timestamp(column.longAt(row));
      case BYTES -> {
        column.sliceAt(row, slice);
        byte[] raw = java.util.Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
        yield Base64.getEncoder().encodeToString(raw);
      }
      case TEXT, LIST, STRUCT -> throw new IllegalStateException("value must be a scalar");
    };
  }

  /** Hinnant's civil_from_days, the inverse of the parser's. */
  private static StringBuilder date(StringBuilder out, long days) {
    long z = days + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    long dayOfEra = z - era * 146_097;
    long ofEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * ofEra + ofEra / 4 - ofEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    long month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = ofEra + era * 400 + (month <= 2 ? 1 : 0);
    String digits = Long.toString(Math.abs(year));
    out.append(year < 0 ? "-" : "").append("0".repeat(Math.max(0, 4 - digits.length())));
    return out.append(digits)
        .append(month < 10 ? "-0" : "-")
        .append(month)
        .append(day < 10 ? "-0" : "-")
        .append(day);
  }

  private static String timestamp(long micros) {
    StringBuilder out = date(new StringBuilder(27), Math.floorDiv(micros, MICROS_PER_DAY));
    long ofDay = Math.floorMod(micros, MICROS_PER_DAY);
    long seconds = ofDay / 1_000_000;
    two(out.append('T'), seconds / 3600);
    two(out.append(':'), seconds / 60 % 60);
    two(out.append(':'), seconds % 60);
    long fraction = ofDay % 1_000_000;
    if (fraction != 0) {
      String digits = Long.toString(1_000_000 + fraction).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 0, end);
    }
    return out.append('Z').toString();
  }

  private static void two(StringBuilder out, long number) {
    out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
