package dev.quern.data;

/** Longs, timestamps (µs since the epoch) or dates (days since the epoch). */
public final class LongColumn extends Column {
  private final long[] values;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public LongColumn(Type type, long[] values, int size, Nulls nulls) {
    super(type, size, nulls);
    this.values = values;
  }

  /** Returns the values; not to be written. */
  public long[] values() {
    return values;
  }

  @Override
  public long longAt(int row) {
    return values[row];
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
