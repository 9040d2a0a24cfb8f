package dev.quern.statistics;

/**
 * Room in which many numbers are added up before they reach a {@link Moments} or a {@link
 * LogHistogram}: one per thread, because it is large and empty between calls.
 */
final class NumberScratch {
  /** Values whose mantissas, squares and errors of squares one cell holds without overflow. */
  private static final int BLOCK = 256;

  private static final int EXPONENTS = 2048;
  private static final int CACHE = 1024;
  private static final long MANTISSA = 0xf_ffff_ffff_ffffL;
  private static final ThreadLocal<NumberScratch> ROOM =
      ThreadLocal.withInitial(NumberScratch::new);

  /** Sums of signed mantissas by exponent. */
  private final long[] sums = new long[EXPONENTS];

  private final long[] squares = new long[EXPONENTS];
  private final long[] tags = new long[CACHE];
  private final int[] counts = new int[CACHE];
  private int lowest = EXPONENTS;
  private int highest = -1;

  private NumberScratch() {}

  static NumberScratch room() {
    return ROOM.get();
  }

  /**
   * Adds {@code values[0, count)} to {@code sum} and their squares to {@code square}, exactly.
   *
   * @return how many of them are NaN or infinite, which are left out
   */
  int add(double[] values, int count, ExactSum sum, ExactSum square) {
    int ignored = 0;
    for (int from = 0; from < count; from += BLOCK) {
      ignored += block(values, from, Math.min(count, from + BLOCK), sum, square);
    }
    return ignored;
  }

  private int block(double[] values, int from, int to, ExactSum sum, ExactSum square) {
    int ignored = 0;
    int low = EXPONENTS;
    int high = -1;
    for (int i = from; i < to; i++) {
      double value = values[i];
      long bits = Double.doubleToRawLongBits(value);
      int exponent = (int) (bits >>> 52) & 0x7ff;
      if (exponent == 0x7ff) {
        ignored++;
        continue;
      }
      low = Math.min(low, exponent);
      high = Math.max(high, exponent);
      sums[exponent] += mantissa(bits, exponent);
      double product = value * value;
      if (Double.isInfinite(product)) {
        square.add(product);
        continue;
      }
      square(product);
      double error = Math.fma(value, value, -product);
      if (error != 0) {
        square(error);
      }
    }
    flush(sums, low, high, sum);
    flush(squares, lowest, highest, square);
    lowest = EXPONENTS;
    highest = -1;
    return ignored;
  }

  private void square(double part) {
    long bits = Double.doubleToRawLongBits(part);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    lowest = Math.min(lowest, exponent);
    highest = Math.max(highest, exponent);
    squares[exponent] += mantissa(bits, exponent);
  }

  /** Returns the signed mantissa; subnormal numbers have no hidden bit. */
  private static long mantissa(long bits, int exponent) {
    long size = bits & MANTISSA | (exponent == 0 ? 0 : 1L << 52);
    long sign = bits >> 63;
    return (size ^ sign) - sign;
  }

  private static void flush(long[] cells, int low, int high, ExactSum into) {
    for (int exponent = low; exponent <= high; exponent++) {
      if (cells[exponent] != 0) {
        into.addScaled(cells[exponent], Math.max(0, exponent - 1));
        cells[exponent] = 0;
      }
    }
  }

  /** Counts {@code buckets[0, count)}, of which most are among few. */
  void count(long[] buckets, int count, LongCounts into) {
    for (int i = 0; i < count; i++) {
      long bucket = buckets[i];
      int cell = (int) bucket & CACHE - 1;
      if (tags[cell] != bucket) {
        if (counts[cell] != 0) {
          into.add(tags[cell], counts[cell]);
        }
        tags[cell] = bucket;
        counts[cell] = 0;
      }
      counts[cell]++;
    }
    for (int cell = 0; cell < CACHE; cell++) {
      if (counts[cell] != 0) {
        into.add(tags[cell], counts[cell]);
        counts[cell] = 0;
      }
    }
  }
}
