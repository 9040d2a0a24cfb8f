package dev.quern.data;

import org.jspecify.annotations.Nullable;

/** IEEE 754 binary64 values. */
public final class DoubleColumn extends Column {
  /** Of a column known by codes: made when first asked for, so perhaps never. */
  private @Nullable Decoded decoded;

  private final @Nullable Codes codes;

  /** A record, so that other threads see a whole array or none. */
  private record Decoded(double[] values) {}

  /** Makes a column of the first {@code size} of {@code values}, which the column now owns. */
  public DoubleColumn(double[] values, int size, Nulls nulls) {
    super(Type.DOUBLE, size, nulls);
    this.decoded = new Decoded(values);
    this.codes = null;
  }

  /** Makes a column of values known by {@code codes}, whose entries are doubles. */
  public DoubleColumn(int size, Nulls nulls, Codes codes) {
    super(Type.DOUBLE, size, nulls);
    this.codes = codes;
  }

  /** Returns the values; not to be written. */
  public double[] values() {
    Decoded known = decoded;
    if (known == null) {
      known = new Decoded(decode());
      decoded = known;
    }
    return known.values;
  }

  private double[] decode() {
    double[] values = new double[size()];
    Codes known = codes;
    if (known == null || known.entries().size() == 0) {
      return values;
    }
    double[] entries = ((DoubleColumn) known.entries()).values();
    int[] code = known.codes();
    for (int row = 0; row < values.length; row++) {
      values[row] = code[row] < 0 ? 0 : entries[code[row]];
    }
    return values;
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
