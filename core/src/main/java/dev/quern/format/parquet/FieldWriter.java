package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.FloatColumn;
import dev.quern.data.ListColumn;
import dev.quern.data.Slice;
import dev.quern.data.StructColumn;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import java.io.IOException;
import java.util.List;

/** Writes the values of a Quern column to the chunks of its leaves. */
abstract sealed class FieldWriter {

  /** Writes the value of {@code row}, the first of its row or a repetition. */
  abstract void write(Column column, int row, int repetition);

  /** Writes that there is nothing, as far as {@code definition} tells, to every leaf below. */
  abstract void missing(int repetition, int definition);

  /** Ends a row in every leaf below. */
  abstract void endRow() throws IOException;

  /** Returns the raw size of the value of {@code row}, about; depends on the value alone. */
  abstract long bytes(Column column, int row);

  /** Tells the leaves below to which chunks the next row group goes. */
  abstract void start(java.util.function.Function<Shape.Leaf, ChunkWriter> chunks);

  /** Ends the chunks of the leaves below. */
  abstract void finish() throws IOException;

  /** Returns how errors name a column. */
  static String name(Shape.Leaf leaf) {
    return "field " + String.join(".", leaf.column().getPath());
  }

  /** Returns the writer of values laid out as {@code shape}. */
  static FieldWriter of(Shape shape) {
    if (shape instanceof Shape.Many many) {
      return new Many(many, of(many.element()));
    }
    if (shape instanceof Shape.Group group) {
      List<FieldWriter> parts =
          (group.parts().isEmpty() ? group.marker() : group.parts())
              .stream().map(FieldWriter::of).toList();
      return new Group(group, parts);
    }
    return new Leaf((Shape.Leaf) shape);
  }

  private static final class Leaf extends FieldWriter {
    private final Shape.Leaf leaf;
    private final int full;
    private final Slice slice = new Slice();
    private final byte[] scratch = new byte[16];
    private final int width;
    private ChunkWriter chunk;

    @SuppressWarnings("NullAway.Init") // set by start, before the first row
    Leaf(Shape.Leaf leaf) {
      this.leaf = leaf;
      this.full = leaf.column().getMaxDefinitionLevel();
      this.width = leaf.column().getPrimitiveType().getTypeLength();
    }

    @Override
    void write(Column column, int row, int repetition) {
      if (column.isNull(row)) {
        chunk.missing(repetition, full - 1);
        return;
      }
      switch (leaf.coding()) {
        case TEXT, BYTES -> {
          column.sliceAt(row, slice);
          chunk.putBytes(repetition, slice.bytes, slice.start, slice.length());
        }
        case INT64, MICROS -> chunk.putLong(repetition, column.longAt(row));
        case INT32 -> chunk.putInt(repetition, date(column.longAt(row)));
        case DOUBLE -> chunk.putDouble(repetition, column.doubleAt(row));
        case FLOAT -> chunk.putFloat(repetition, ((FloatColumn) column).values()[row]);
        case BOOL -> chunk.putBool(repetition, column.boolAt(row));
        case DECIMAL_INT32, DECIMAL_INT64, DECIMAL_BYTES ->
            decimal((DecimalColumn) column, row, repetition);
        case UINT32, UINT64, MILLIS, NANOS, INT96, FLOAT16, UUID ->
            throw new IllegalStateException("Quern writes no such column: " + leaf.coding());
      }
    }

    private int date(long days) {
      if ((int) days != days) {
        throw new DataException(
            "date_out_of_range",
            name()
                + ": a date must lie within 2^31 days of 1970 to be written as Parquet; found: one farther"
                + " away; use a timestamp or a long instead");
      }
      return (int) days;
    }

    private void decimal(DecimalColumn column, int row, int repetition) {
      long high = column.high(row);
      long low = column.low(row);
      if (leaf.coding() == Shape.Coding.DECIMAL_INT32) {
        check((int) low == low && high == low >> 63);
        chunk.putInt(repetition, (int) low);
      } else if (leaf.coding() == Shape.Coding.DECIMAL_INT64) {
        check(high == low >> 63);
        chunk.putLong(repetition, low);
      } else {
        for (int i = 0; i < 8; i++) {
          scratch[i] = (byte) (high >>> (56 - 8 * i));
          scratch[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        byte sign = (byte) (scratch[16 - width] >> 7);
        for (int i = 0; i < 16 - width; i++) {
          check(scratch[i] == sign);
        }
        chunk.putBytes(repetition, scratch, 16 - width, width);
      }
    }

    private String name() {
      return FieldWriter.name(leaf);
    }

    private void check(boolean fits) {
      if (!fits) {
        throw new DataException(
            "decimal_out_of_range",
            name()
                + ": a value must fit its type "
                + leaf.type()
                + " to be written as Parquet; found: more digits; cast the field to a wider"
                + " decimal");
      }
    }

    @Override
    void missing(int repetition, int definition) {
      chunk.missing(repetition, definition);
    }

    @Override
    void endRow() throws IOException {
      chunk.endRow();
    }

    @Override
    long bytes(Column column, int row) {
      Type.Kind kind = leaf.type().kind();
      if (kind == Type.Kind.TEXT || kind == Type.Kind.BYTES) {
        return column.isNull(row) ? 4 : 4L + column.sliceAt(row, slice).length();
      }
      return 8;
    }

    @Override
    void start(java.util.function.Function<Shape.Leaf, ChunkWriter> chunks) {
      chunk = chunks.apply(leaf);
    }

    @Override
    void finish() throws IOException {
      chunk.finish();
    }
  }

  private static final class Group extends FieldWriter {
    private final int present;
    private final boolean empty;
    private final List<FieldWriter> parts;

    Group(Shape.Group group, List<FieldWriter> parts) {
      this.present = group.present();
      this.empty = group.parts().isEmpty();
      this.parts = parts;
    }

    @Override
    void write(Column column, int row, int repetition) {
      if (empty) {
        missing(repetition, column.isNull(row) ? present - 1 : present);
        return;
      }
      if (column.isNull(row)) {
        missing(repetition, present - 1);
        return;
      }
      StructColumn structs = (StructColumn) column;
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).write(structs.part(i), row, repetition);
      }
    }

    @Override
    void missing(int repetition, int definition) {
      for (FieldWriter part : parts) {
        part.missing(repetition, definition);
      }
    }

    @Override
    void endRow() throws IOException {
      for (FieldWriter part : parts) {
        part.endRow();
      }
    }

    @Override
    long bytes(Column column, int row) {
      if (empty || column.isNull(row)) {
        return parts.size();
      }
      long total = 0;
      StructColumn structs = (StructColumn) column;
      for (int i = 0; i < parts.size(); i++) {
        total += parts.get(i).bytes(structs.part(i), row);
      }
      return total;
    }

    @Override
    void start(java.util.function.Function<Shape.Leaf, ChunkWriter> chunks) {
      for (FieldWriter part : parts) {
        part.start(chunks);
      }
    }

    @Override
    void finish() throws IOException {
      for (FieldWriter part : parts) {
        part.finish();
      }
    }
  }

  private static final class Many extends FieldWriter {
    private final int present;
    private final int repeat;
    private final FieldWriter element;

    Many(Shape.Many many, FieldWriter element) {
      this.present = many.present();
      this.repeat = many.repeat();
      this.element = element;
    }

    @Override
    void write(Column column, int row, int repetition) {
      if (column.isNull(row)) {
        element.missing(repetition, present - 1);
        return;
      }
      ListColumn lists = (ListColumn) column;
      int start = lists.start(row);
      int end = lists.end(row);
      if (start == end) {
        element.missing(repetition, present);
        return;
      }
      for (int i = start; i < end; i++) {
        element.write(lists.elements(), i, i == start ? repetition : repeat);
      }
    }

    @Override
    void missing(int repetition, int definition) {
      element.missing(repetition, definition);
    }

    @Override
    void endRow() throws IOException {
      element.endRow();
    }

    @Override
    long bytes(Column column, int row) {
      if (column.isNull(row)) {
        return 1;
      }
      ListColumn lists = (ListColumn) column;
      long total = 1;
      for (int i = lists.start(row); i < lists.end(row); i++) {
        total += element.bytes(lists.elements(), i);
      }
      return total;
    }

    @Override
    void start(java.util.function.Function<Shape.Leaf, ChunkWriter> chunks) {
      element.start(chunks);
    }

    @Override
    void finish() throws IOException {
      element.finish();
    }
  }
}
