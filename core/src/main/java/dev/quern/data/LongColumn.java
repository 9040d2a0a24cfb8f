package dev.quern.data;

import org.jspecify.annotations.Nullable;

/** Longs, timestamps (µs since the epoch) or dates (days since the epoch). */
public final class LongColumn extends Column {
  private final long[] values;
  private final @Nullable Codes codes;

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public LongColumn(Type type, long[] values, int size, Nulls nulls) {
    this(type, values, size, nulls, null);
  }

  /** Makes such a column whose values are known by {@code codes} as well. */
  public LongColumn(Type type, long[] values, int size, Nulls nulls, @Nullable Codes codes) {
    super(type, size, nulls);
    this.values = values;
    this.codes = codes;
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
  public @Nullable Codes codes() {
    return codes;
  }

  @Override
  public long memory() {
    return (codes == null ? 8L : 12L) * values.length + 64;
  }
}
