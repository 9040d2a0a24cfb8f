package dev.quern.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some thousand samples stored by column: the unit of work.
 *
 * <p>A batch holds physical rows [0, {@link #rows()}) and a selection, the ascending rows that
 * still belong to it; a filter narrows the selection and moves nothing. Loops go over {@code i} in
 * [0, {@link #count()}) and read row {@code row(i)}. A batch handed on is never changed; {@link
 * #with} shares all columns but one.
 */
public final class Batch {
  private final Schema schema;
  private final Column[] columns;
  private final Keys keys;
  private final int @Nullable [] selection;
  private final int count;

  private Batch(Schema schema, Column[] columns, Keys keys, int @Nullable [] selection, int count) {
    this.schema = schema;
    this.columns = columns;
    this.keys = keys;
    this.selection = selection;
    this.count = count;
  }

  /**
   * Makes a batch in which every row is selected.
   *
   * @throws IllegalArgumentException if a column's type or size does not fit
   */
  public static Batch of(Schema schema, List<Column> columns, Keys keys) {
    if (columns.size() != schema.size()) {
      throw new IllegalArgumentException(
          "batch must have one column per field; found: "
              + columns.size()
              + " for "
              + schema.size());
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).size() != keys.size()
          || !columns.get(i).type().equals(schema.field(i).type())) {
        throw new IllegalArgumentException(
            "column "
                + i
                + " must have "
                + keys.size()
                + " rows of "
                + schema.field(i).type()
                + "; found: "
                + columns.get(i).size()
                + " of "
                + columns.get(i).type());
      }
    }
    return new Batch(schema, columns.toArray(Column[]::new), keys, null, keys.size());
  }

  /** Returns the fields. */
  public Schema schema() {
    return schema;
  }

  /** Returns the column of the field at {@code position}. */
  public Column column(int position) {
    return columns[position];
  }

  /** Returns the columns in order. */
  public List<Column> columns() {
    return List.of(columns);
  }

  /** Returns ids, ranks and splits of the physical rows. */
  public Keys keys() {
    return keys;
  }

  /** Returns the number of physical rows. */
  public int rows() {
    return keys.size();
  }

  /** Returns the number of selected rows: the samples of this batch. */
  public int count() {
    return count;
  }

  /** Returns the physical row of the selected sample {@code i}. */
  public int row(int i) {
    return selection == null ? i : selection[i];
  }

  /**
   * Returns this batch with {@code column} as the values of {@code field}, replaced or appended.
   */
  public Batch with(Field field, Column column) {
    Schema changed = schema.with(field);
    Column[] all = new Column[changed.size()];
    System.arraycopy(columns, 0, all, 0, columns.length);
    all[changed.indexOf(field.name())] = column;
    return new Batch(changed, all, keys, selection, count);
  }

  /**
   * Returns this batch with the given fields, which have been taken from or made for this batch.
   */
  public Batch with(Schema newSchema, List<Column> newColumns) {
    return new Batch(newSchema, newColumns.toArray(Column[]::new), keys, selection, count);
  }

  /** Returns this batch with other ids, ranks or splits for the same physical rows. */
  public Batch with(Keys newKeys) {
    return new Batch(schema, columns, newKeys, selection, count);
  }

  /**
   * Returns this batch with only the physical rows {@code rows[0, size)} selected, ascending and
   * taken from this batch's selection; the batch now owns the array.
   */
  public Batch select(int[] rows, int size) {
    return new Batch(schema, columns, keys, rows, size);
  }

  /** Returns a batch of the selected rows only, copied where rows fall away. */
  public Batch compact() {
    if (selection == null || count == rows()) {
      return selection == null ? this : new Batch(schema, columns, keys, null, count);
    }
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < count; i++) {
      builder.append(this, selection[i]);
    }
    return builder.build();
  }

  /** Returns the approximate memory in bytes, physical rows and all. */
  public long memory() {
    long total = 41L * rows();
    for (Column column : columns) {
      total += column.memory();
    }
    return total;
  }
}
