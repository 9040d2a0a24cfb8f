package dev.quern.data;

/** True or false values. */
public final class BoolColumn extends Column {
  private final boolean[] values;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public BoolColumn(boolean[] values, int size, Nulls nulls) {
    super(Type.BOOL, size, nulls);
    this.values = values;
  }

  /** Returns the values; not to be written. */
  public boolean[] values() {
    return values;
  }

  @Override
  public boolean boolAt(int row) {
    return values[row];
  }

  @Override
  public long memory() {
    return values.length + 64L;
  }
}
