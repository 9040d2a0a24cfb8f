package dev.quern.data;

import org.jspecify.annotations.Nullable;

/** Longs, timestamps (µs since the epoch) or dates (days since the epoch). */
public final class LongColumn extends Column {
  /** Of a column known by codes: made when first asked for, so perhaps never. */
  private @Nullable Decoded decoded;

  private final @Nullable Codes codes;

  /** A record, so that other threads see a whole array or none. */
  private record Decoded(long[] values) {}

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public LongColumn(Type type, long[] values, int size, Nulls nulls) {
    super(type, size, nulls);
    this.decoded = new Decoded(values);
    this.codes = null;
  }

  /** Makes a column of values known by {@code codes}, whose entries are longs. */
  public LongColumn(Type type, int size, Nulls nulls, Codes codes) {
    super(type, size, nulls);
    this.codes = codes;
  }

  /** Returns the values; not to be written. */
  public long[] values() {
    Decoded known = decoded;
    if (known == null) {
      known = new Decoded(decode());
      decoded = known;
    }
    return known.values;
  }

  private long[] decode() {
    long[] values = new long[size()];
    Codes known = codes;
    if (known == null || known.entries().size() == 0) {
      return values;
    }
    long[] entries = ((LongColumn) known.entries()).values();
    int[] code = known.codes();
    for (int row = 0; row < values.length; row++) {
      values[row] = code[row] < 0 ? 0 : entries[code[row]];
    }
    return values;
  }

  @Override
  public long longAt(int row) {
    return values()[row];
  }

  @Override
  public double doubleAt(int row) {
    return values()[row];
  }

  @Override
  public @Nullable Codes codes() {
    return codes;
  }

  @Override
  public long memory() {
    Decoded known = decoded;
    return codes != null ? 12L * size() + 64 : 8L * (known == null ? 0 : known.values.length) + 64;
  }
}
