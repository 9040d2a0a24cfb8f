package dev.quern.data;

import org.jspecify.annotations.Nullable;

/** IEEE 754 binary64 values. */
public final class DoubleColumn extends Column {
  private final double[] values;
  private final @Nullable Codes codes;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public DoubleColumn(double[] values, int size, Nulls nulls) {
    this(values, size, nulls, null);
  }

  /** Makes such a column whose values are known by {@code codes} as well. */
  public DoubleColumn(double[] values, int size, Nulls nulls, @Nullable Codes codes) {
    super(Type.DOUBLE, size, nulls);
    this.values = values;
    this.codes = codes;
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
  public @Nullable Codes codes() {
    return codes;
  }

  @Override
  public long memory() {
    return (codes == null ? 8L : 12L) * values.length + 64;
  }
}
