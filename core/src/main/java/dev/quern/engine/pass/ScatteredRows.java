package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DecimalColumn;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.util.Arrays;

/**
 * Samples that lie in several batches, in an order of their own, encoded as if they were one batch:
 * column by column from where they lie, without making that batch. Not safe for several threads.
 */
final class ScatteredRows {
  private final Schema schema;
  private final BatchCodec codec;
  private final Slice slice = new Slice();
  private Batch[] batches = new Batch[64];
  private int[] rows = new int[64];
  private Column[] columns = new Column[64];
  private long[] numbers = new long[64];
  private int count;

  /** Makes room for samples of {@code schema}. */
  ScatteredRows(Schema schema, BatchCodec codec) {
    this.schema = schema;
    this.codec = codec;
  }

  int count() {
    return count;
  }

  /** Appends the sample in physical row {@code row} of {@code batch}. */
  void add(Batch batch, int row) {
    if (count == rows.length) {
      batches = Arrays.copyOf(batches, 2 * count);
      rows = Arrays.copyOf(rows, 2 * count);
      columns = new Column[2 * count];
      numbers = new long[2 * count];
    }
    batches[count] = batch;
    rows[count++] = row;
  }

  /**
   * Appends the samples to {@code out} as {@link BatchCodec#decode} takes them, and forgets them.
   */
  void encode(ByteSpace out) {
    out.putInt(count);
    for (int part = 0; part < BatchCodec.KEY_PARTS; part++) {
      for (int i = 0; i < count; i++) {
        numbers[i] = BatchCodec.keyPart(batches[i].keys(), rows[i], part);
      }
      out.putLongs(numbers, count);
    }
    for (int field = 0; field < schema.size(); field++) {
      for (int i = 0; i < count; i++) {
        columns[i] = batches[i].column(field);
      }
      encode(schema.field(field).type(), out);
    }
    Arrays.fill(batches, 0, count, null);
    Arrays.fill(columns, 0, count, null);
    count = 0;
  }

  private void encode(Type type, ByteSpace out) {
    switch (type.kind()) {
      case LIST, STRUCT -> {
        ColumnBuilder gathered = ColumnBuilder.of(type);
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
          gathered.append(columns[i], rows[i]);
          all[i] = i;
        }
        codec.encode(gathered.build(), all, out);
      }
      case LONG, TIMESTAMP, DATE -> {
        nulls(out);
        for (int i = 0; i < count; i++) {
          numbers[i] = columns[i].isNull(rows[i]) ? 0 : columns[i].longAt(rows[i]);
        }
        out.putLongs(numbers, count);
      }
      case DOUBLE -> {
        nulls(out);
        for (int i = 0; i < count; i++) {
          out.putLong(Double.doubleToRawLongBits(number(i)));
        }
      }
      case FLOAT -> {
        nulls(out);
        for (int i = 0; i < count; i++) {
          out.putInt(Float.floatToRawIntBits((float) number(i)));
        }
      }
      case BOOL -> {
        nulls(out);
        for (int i = 0; i < count; i++) {
          out.putByte(((BoolColumn) columns[i]).values()[rows[i]] ? 1 : 0);
        }
      }
      case DECIMAL -> {
        nulls(out);
        for (int i = 0; i < count; i++) {
          numbers[i] = ((DecimalColumn) columns[i]).high(rows[i]);
        }
        out.putLongs(numbers, count);
        for (int i = 0; i < count; i++) {
          numbers[i] = ((DecimalColumn) columns[i]).low(rows[i]);
        }
        out.putLongs(numbers, count);
      }
      case TEXT, BYTES -> {
        nulls(out);
        texts(out);
      }
    }
  }

  private double number(int i) {
    return columns[i].isNull(rows[i]) ? 0 : columns[i].doubleAt(rows[i]);
  }

  private void nulls(ByteSpace out) {
    long[] bitmap = {};
    for (int i = 0; i < count; i++) {
      if (columns[i].isNull(rows[i])) {
        bitmap = bitmap.length > 0 ? bitmap : new long[(count + 63) >>> 6];
        bitmap[i >>> 6] |= 1L << i;
      }
    }
    codec.nulls(bitmap, out);
  }

  private void texts(ByteSpace out) {
    for (int i = 0; i < count; i++) {
      numbers[i] = columns[i].isNull(rows[i]) ? 0 : columns[i].sliceAt(rows[i], slice).length();
    }
    out.putLongs(numbers, count);
    for (int i = 0; i < count; i++) {
      if (numbers[i] != 0) {
        columns[i].sliceAt(rows[i], slice);
        out.putBytes(slice.bytes, slice.start, slice.length());
      }
    }
  }
}
