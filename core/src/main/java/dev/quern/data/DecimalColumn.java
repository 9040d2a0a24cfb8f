package dev.quern.data;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Exact decimals: unscaled values of up to 128 bits in two arrays, one scale for the column. */
public final class DecimalColumn extends Column {
  private final long[] high;
  private final long[] low;
  private final int scale;

  /** Makes a column of unscaled values {@code high·2^64 + low} (low unsigned); it now owns both. */
  public DecimalColumn(Type.Decimal type, long[] high, long[] low, int size, Nulls nulls) {
    super(type, size, nulls);
    this.high = high;
    this.low = low;
    this.scale = type.scale();
  }

  /** Returns the upper 64 bits of the unscaled value of {@code row}. */
  public long high(int row) {
    return high[row];
  }

  /** Returns the lower 64 bits of the unscaled value of {@code row}. */
  public long low(int row) {
    return low[row];
  }

  @Override
  public BigDecimal decimalAt(int row) {
    if (high[row] == low[row] >> 63) {
      return BigDecimal.valueOf(low[row], scale);
    }
    BigInteger unscaled =
        BigInteger.valueOf(high[row])
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(low[row])));
    return new BigDecimal(unscaled, scale);
  }

  @Override
  public double doubleAt(int row) {
    return decimalAt(row).doubleValue();
  }

  @Override
  public long memory() {
    return 16L * low.length + 64;
  }
}
