package dev.quern.data;

/** IEEE 754 binary32 values. */
public final class FloatColumn extends Column {
  private final float[] values;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public FloatColumn(float[] values, int size, Nulls nulls) {
    super(Type.FLOAT, size, nulls);
    this.values = values;
  }

  /** Returns the values; not to be written. */
  public float[] values() {
    return values;
  }

  @Override
  public double doubleAt(int row) {
    return values[row];
  }

  @Override
  public long memory() {
    return 4L * values.length + 64;
  }
}
