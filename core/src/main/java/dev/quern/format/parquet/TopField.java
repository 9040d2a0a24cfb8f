package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.LongColumn;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import java.io.IOException;
import java.util.function.Function;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.jspecify.annotations.Nullable;

/** Writes one field of the schema, batch by batch. */
abstract sealed class TopField {

  /** Writes the values of {@code rows[from, to)}. */
  abstract void write(Column column, int[] rows, int from, int to) throws IOException;

  /**
   * Adds to {@code sizes[i]} about the raw size of row {@code rows[i]}; depends on values alone.
   */
  abstract void addSizes(Column column, int[] rows, long[] sizes);

  /** Begins a row group. */
  abstract void start(
      ColumnChunkPageWriteStore store, Function<Shape.Leaf, ChunkWriter> nestedChunks);

  /** Ends the row group. */
  abstract void finish() throws IOException;

  static TopField of(Shape shape) {
    if (shape instanceof Shape.Leaf leaf) {
      switch (leaf.coding()) {
        case TEXT, BYTES, INT64, MICROS, INT32, DOUBLE, FLOAT -> {
          return new Flat(leaf);
        }
        default -> {}
      }
    }
    return new Nested(FieldWriter.of(shape));
  }

  /** A column without levels but presence, written by column. */
  private static final class Flat extends TopField {
    private final Shape.Leaf leaf;
    private final boolean isText;
    private final Slice slice = new Slice();
    private @Nullable FlatChunk chunk;

    Flat(Shape.Leaf leaf) {
      this.leaf = leaf;
      this.isText = leaf.coding() == Shape.Coding.TEXT || leaf.coding() == Shape.Coding.BYTES;
    }

    private FlatChunk chunk() {
      if (chunk == null) {
        throw new IllegalStateException("a row group must have begun");
      }
      return chunk;
    }

    @Override
    void write(Column column, int[] rows, int from, int to) throws IOException {
      if (leaf.coding() == Shape.Coding.INT32) {
        checkDates((LongColumn) column, rows, from, to);
      }
      chunk().write(column, rows, from, to);
    }

    private void checkDates(LongColumn days, int[] rows, int from, int to) {
      for (int i = from; i < to; i++) {
        if (!days.isNull(rows[i]) && (int) days.longAt(rows[i]) != days.longAt(rows[i])) {
          throw new DataException(
              "date_out_of_range",
              FieldWriter.name(leaf)
                  + ": a date must lie within 2^31 days of 1970 to be written as Parquet; found: one"
                  + " farther away; use a timestamp or a long instead");
        }
      }
    }

    @Override
    void addSizes(Column column, int[] rows, long[] sizes) {
      for (int i = 0; i < sizes.length; i++) {
        if (!isText) {
          sizes[i] += 8;
        } else {
          int row = rows[i];
          sizes[i] += column.isNull(row) ? 4 : 4L + column.sliceAt(row, slice).length();
        }
      }
    }

    @Override
    void start(ColumnChunkPageWriteStore store, Function<Shape.Leaf, ChunkWriter> nestedChunks) {
      var pages = store.getPageWriter(leaf.column());
      // Bytes are near-unique, so a dictionary only costs.
      chunk =
          isText
              ? new TextChunk(leaf.column(), pages, leaf.type().equals(Type.TEXT))
              : new FixedChunk(leaf.column(), pages);
    }

    @Override
    void finish() throws IOException {
      chunk().finish();
      chunk = null;
    }
  }

  /** A field with levels, written row by row. */
  private static final class Nested extends TopField {
    private final FieldWriter field;

    Nested(FieldWriter field) {
      this.field = field;
    }

    @Override
    void write(Column column, int[] rows, int from, int to) throws IOException {
      for (int i = from; i < to; i++) {
        field.write(column, rows[i], 0);
        field.endRow();
      }
    }

    @Override
    void addSizes(Column column, int[] rows, long[] sizes) {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] += field.bytes(column, rows[i]);
      }
    }

    @Override
    void start(ColumnChunkPageWriteStore store, Function<Shape.Leaf, ChunkWriter> nestedChunks) {
      field.start(nestedChunks);
    }

    @Override
    void finish() throws IOException {
      field.finish();
    }
  }
}
