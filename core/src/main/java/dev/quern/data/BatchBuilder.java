package dev.quern.data;

import java.util.ArrayList;
import java.util.List;

/** Collects samples into a batch. Not safe for several threads. */
public final class BatchBuilder {
  /** Rows a batch holds at most by default. */
  public static final int ROWS = 4096;

  /** Bytes a batch holds at most by default, about. */
  public static final long BYTES = 4L << 20;

  private final Schema schema;
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final Keys.Builder keys = new Keys.Builder();

  /** Makes a builder of batches with {@code schema}. */
  public BatchBuilder(Schema schema) {
    this.schema = schema;
    for (Field field : schema.fields()) {
      columns.add(ColumnBuilder.of(field.type()));
    }
  }

  /** Returns the fields. */
  public Schema schema() {
    return schema;
  }

  /** Returns the builder of the column at {@code position}: append one value per sample. */
  public ColumnBuilder column(int position) {
    return columns.get(position);
  }

  /** Returns the builder of ids, ranks and splits: append once per sample. */
  public Keys.Builder keys() {
    return keys;
  }

  /** Returns the number of samples begun by appending their keys. */
  public int count() {
    return keys.size();
  }

  /** Returns whether the batch has reached its bounds of rows or bytes. */
  public boolean isFull() {
    if (keys.size() >= ROWS) {
      return true;
    }
    if ((keys.size() & 15) != 0) {
      return false;
    }
    long memory = 0;
    for (ColumnBuilder column : columns) {
      memory += column.memory();
    }
    return memory >= BYTES;
  }

  /**
   * Appends a copy of physical row {@code row} of {@code batch}, which has the same field types.
   */
  public void append(Batch batch, int row) {
    keys.append(batch.keys(), row);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).append(batch.column(i), row);
    }
  }

  /** Returns the samples appended and starts anew. */
  public Batch build() {
    List<Column> built = new ArrayList<>(columns.size());
    for (ColumnBuilder column : columns) {
      built.add(column.build());
    }
    return Batch.of(schema, built, keys.build());
  }
}
