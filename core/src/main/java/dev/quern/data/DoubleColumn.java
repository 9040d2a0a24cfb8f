package dev.quern.data;

/** IEEE 754 binary64 values. */
public final class DoubleColumn extends Column {
  private final double[] values;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public DoubleColumn(double[] values, int size, Nulls nulls) {
    super(Type.DOUBLE, size, nulls);
    this.values = values;
  }

  /** Returns the values; not to be written. */
  public double[] values() {
    return values;
  }

  @Override
  public double doubleAt(int row) {
    return values[row];
  }

  @Override
  public long memory() {
    return 8L * values.length + 64;
  }
}
