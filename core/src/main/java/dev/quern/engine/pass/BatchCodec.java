package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Field;
import dev.quern.data.FloatColumn;
import dev.quern.data.Keys;
import dev.quern.data.ListColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.StructColumn;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches as bytes and back, column by column: all types, nulls, dictionaries and keys. The form is
 * the engine's own and lives no longer than a run's folder. Not safe for several threads.
 */
final class BatchCodec {
  private static final int HAS_NULLS = 1;
  private static final int IS_DICTIONARY = 2;

  /** Numbers that the keys of a sample are stored as. */
  static final int KEY_PARTS = 6;

  private final Slice slice = new Slice();

  /** Appends the selected samples of {@code batch}. */
  void encode(Batch batch, ByteSpace out) {
    int count = batch.count();
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = batch.row(i);
    }
    out.putInt(count);
    encodeKeys(batch.keys(), rows, out);
    for (Column column : batch.columns()) {
      encode(column, rows, out);
    }
  }

  private static void encodeKeys(Keys keys, int[] rows, ByteSpace out) {
    int count = rows.length;
    long[] values = new long[count];
    for (int part = 0; part < KEY_PARTS; part++) {
      for (int i = 0; i < count; i++) {
        values[i] = keyPart(keys, rows[i], part);
      }
      out.putLongs(values, count);
    }
  }

  static long keyPart(Keys keys, int row, int part) {
    return switch (part) {
      case 0 -> keys.idHigh(row);
      case 1 -> keys.idLow(row);
      case 2 -> keys.origin(row);
      case 3 -> keys.position(row);
      case 4 -> keys.child(row);
      default -> keys.splitCode(row);
    };
  }

  /** Appends how a column begins that has no dictionary: with its nulls, if there are any. */
  void nulls(long[] bitmap, ByteSpace out) {
    out.putByte(bitmap.length > 0 ? HAS_NULLS : 0);
    for (long word : bitmap) {
      out.putLong(word);
    }
  }

  /** Appends {@code rows} of {@code column}. */
  void encode(Column column, int[] rows, ByteSpace out) {
    boolean nulls = column.nulls().any();
    // A dictionary larger than the rows that use it would cost more than the texts.
    boolean coded =
        column instanceof DictionaryColumn all && all.dictionary().size() <= rows.length;
    out.putByte((nulls ? HAS_NULLS : 0) | (coded ? IS_DICTIONARY : 0));
    if (nulls) {
      long[] bitmap = new long[(rows.length + 63) >>> 6];
      for (int i = 0; i < rows.length; i++) {
        if (column.isNull(rows[i])) {
          bitmap[i >>> 6] |= 1L << i;
        }
      }
      for (long word : bitmap) {
        out.putLong(word);
      }
    }
    switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE -> encodeLongs((LongColumn) column, rows, out);
      case DOUBLE -> {
        double[] values = ((DoubleColumn) column).values();
        for (int row : rows) {
          out.putLong(Double.doubleToRawLongBits(values[row]));
        }
      }
      case FLOAT -> {
        float[] values = ((FloatColumn) column).values();
        for (int row : rows) {
          out.putInt(Float.floatToRawIntBits(values[row]));
        }
      }
      case BOOL -> {
        boolean[] values = ((BoolColumn) column).values();
        for (int row : rows) {
          out.putByte(values[row] ? 1 : 0);
        }
      }
      case DECIMAL -> encodeDecimals((DecimalColumn) column, rows, out);
      case TEXT, BYTES -> {
        if (coded) {
          encodeCodes((DictionaryColumn) column, rows, out);
        } else {
          encodeTexts(column, rows, out);
        }
      }
      case LIST -> encodeLists((ListColumn) column, rows, out);
      case STRUCT -> {
        int parts = ((Type.Struct) column.type()).schema().size();
        for (int i = 0; i < parts; i++) {
          encode(((StructColumn) column).part(i), rows, out);
        }
      }
    }
  }

  private static void encodeLongs(LongColumn column, int[] rows, ByteSpace out) {
    long[] values = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = column.values()[rows[i]];
    }
    out.putLongs(values, rows.length);
  }

  private static void encodeDecimals(DecimalColumn column, int[] rows, ByteSpace out) {
    long[] high = new long[rows.length];
    long[] low = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      high[i] = column.high(rows[i]);
      low[i] = column.low(rows[i]);
    }
    out.putLongs(high, rows.length);
    out.putLongs(low, rows.length);
  }

  private void encodeCodes(DictionaryColumn column, int[] rows, ByteSpace out) {
    TextColumn dictionary = column.dictionary();
    int[] all = new int[dictionary.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    out.putInt(all.length);
    encodeTexts(dictionary, all, out);
    long[] codes = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      codes[i] = column.isNull(rows[i]) ? -1 : column.code(rows[i]);
    }
    out.putLongs(codes, rows.length);
  }

  private void encodeTexts(Column column, int[] rows, ByteSpace out) {
    long[] lengths = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      lengths[i] = column.isNull(rows[i]) ? 0 : column.sliceAt(rows[i], slice).length();
    }
    out.putLongs(lengths, rows.length);
    for (int i = 0; i < rows.length; i++) {
      if (lengths[i] != 0) {
        column.sliceAt(rows[i], slice);
        out.putBytes(slice.bytes, slice.start, slice.length());
      }
    }
  }

  private void encodeLists(ListColumn column, int[] rows, ByteSpace out) {
    long[] lengths = new long[rows.length];
    int total = 0;
    for (int i = 0; i < rows.length; i++) {
      lengths[i] = (long) column.end(rows[i]) - column.start(rows[i]);
      total = Math.addExact(total, (int) lengths[i]);
    }
    out.putLongs(lengths, rows.length);
    int[] elements = new int[total];
    int next = 0;
    for (int row : rows) {
      for (int i = column.start(row); i < column.end(row); i++) {
        elements[next++] = i;
      }
    }
    out.putInt(total);
    encode(column.elements(), elements, out);
  }

  /** Takes one batch of {@code schema}; its texts are slices of the bytes read. */
  Batch decode(Schema schema, ByteSpace in) {
    int count = in.takeInt();
    Keys keys = decodeKeys(in, count);
    List<Column> columns = new ArrayList<>(schema.size());
    for (Field field : schema.fields()) {
      columns.add(decode(field.type(), count, in));
    }
    return Batch.of(schema, columns, keys);
  }

  private static Keys decodeKeys(ByteSpace in, int count) {
    long[][] parts = new long[KEY_PARTS][];
    for (int part = 0; part < KEY_PARTS; part++) {
      parts[part] = in.takeLongs(count);
    }
    Keys.Builder keys = new Keys.Builder();
    for (int i = 0; i < count; i++) {
      keys.append(
          parts[0][i], parts[1][i], parts[2][i], parts[3][i], parts[4][i], (byte) parts[5][i]);
    }
    return keys.build();
  }

  private static Column decode(Type type, int count, ByteSpace in) {
    int flags = in.takeByte();
    Nulls nulls = Nulls.NONE;
    if ((flags & HAS_NULLS) != 0) {
      long[] bitmap = new long[(count + 63) >>> 6];
      for (int i = 0; i < bitmap.length; i++) {
        bitmap[i] = in.takeLong();
      }
      nulls = Nulls.of(bitmap);
    }
    return switch (type.kind()) {
      case LONG, TIMESTAMP, DATE -> new LongColumn(type, in.takeLongs(count), count, nulls);
      case DOUBLE -> {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = Double.longBitsToDouble(in.takeLong());
        }
        yield new DoubleColumn(values, count, nulls);
      }
      case FLOAT -> {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = Float.intBitsToFloat(in.takeInt());
        }
        yield new FloatColumn(values, count, nulls);
      }
      case BOOL -> {
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
          values[i] = in.takeByte() != 0;
        }
        yield new BoolColumn(values, count, nulls);
      }
      case DECIMAL ->
          new DecimalColumn(
              (Type.Decimal) type, in.takeLongs(count), in.takeLongs(count), count, nulls);
      case TEXT, BYTES ->
          (flags & IS_DICTIONARY) != 0
              ? decodeCodes(count, nulls, in)
              : decodeTexts(type, count, nulls, in);
      case LIST -> decodeLists((Type.ListOf) type, count, nulls, in);
      case STRUCT -> {
        List<Column> parts = new ArrayList<>();
        for (Field part : ((Type.Struct) type).schema().fields()) {
          parts.add(decode(part.type(), count, in));
        }
        yield new StructColumn((Type.Struct) type, parts, count, nulls);
      }
    };
  }

  private static Column decodeCodes(int count, Nulls nulls, ByteSpace in) {
    int size = in.takeInt();
    TextColumn dictionary = decodeTexts(Type.TEXT, size, Nulls.NONE, in);
    long[] wide = in.takeLongs(count);
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (int) wide[i];
    }
    return new DictionaryColumn(dictionary, codes, count, nulls);
  }

  private static TextColumn decodeTexts(Type type, int count, Nulls nulls, ByteSpace in) {
    long[] lengths = in.takeLongs(count);
    int[] starts = new int[count];
    int[] ends = new int[count];
    int place = in.at();
    for (int i = 0; i < count; i++) {
      starts[i] = place;
      place += (int) lengths[i];
      ends[i] = place;
    }
    in.move(place);
    return new TextColumn(type, in.bytes(), starts, ends, count, nulls);
  }

  private static Column decodeLists(Type.ListOf type, int count, Nulls nulls, ByteSpace in) {
    long[] lengths = in.takeLongs(count);
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i + 1] = starts[i] + (int) lengths[i];
    }
    return new ListColumn(type, starts, decode(type.element(), in.takeInt(), in), count, nulls);
  }

  /**
   * Returns the size of the selected samples in bytes as a function of their values alone, so that
   * what is cut by it does not depend on how they are batched.
   */
  long weight(Batch batch) {
    long total = 0;
    for (Column column : batch.columns()) {
      for (int i = 0; i < batch.count(); i++) {
        total += weight(column, batch.row(i));
      }
    }
    return total + 16L * batch.count();
  }

  /** Returns the size of one sample as {@link #weight(Batch)} counts it. */
  long weight(Batch batch, int row) {
    long total = 16;
    for (int i = 0; i < batch.schema().size(); i++) {
      total += weight(batch.column(i), row);
    }
    return total;
  }

  private long weight(Column column, int row) {
    if (column.isNull(row)) {
      return 1;
    }
    return switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE, DOUBLE -> 8L;
      case FLOAT -> 4L;
      case BOOL -> 1L;
      case DECIMAL -> 16L;
      case TEXT, BYTES -> 4L + column.sliceAt(row, slice).length();
      case LIST -> {
        ListColumn lists = (ListColumn) column;
        long total = 4;
        for (int i = lists.start(row); i < lists.end(row); i++) {
          total += weight(lists.elements(), i);
        }
        yield total;
      }
      case STRUCT -> {
        long total = 0;
        for (int i = 0; i < ((Type.Struct) column.type()).schema().size(); i++) {
          total += weight(((StructColumn) column).part(i), row);
        }
        yield total;
      }
    };
  }
}
