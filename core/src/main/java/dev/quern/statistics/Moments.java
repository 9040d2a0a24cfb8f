package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Count, exact sum and exact sum of squares of numbers, and what follows from them: mean = Σx / n,
 * population variance = (n·Σx² − (Σx)²) / n², each rounded once from exact integers.
 *
 * <p>Squares are summed as an error-free product of two doubles, exact for |x| in [1e-146, 1e154];
 * below, the last bits of the square are lost, above, the variance is infinite. NaN and infinite
 * values teach nothing: they are counted apart.
 */
public final class Moments {
  private static final int VERSION = 1;

  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private long count;
  private long ignored;

  /** Adds one value. */
  public void add(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      ignored++;
      return;
    }
    count++;
    sum.add(value);
    double square = value * value;
    squares.add(square);
    if (!Double.isInfinite(square)) {
      squares.add(Math.fma(value, value, -square));
    }
  }

  /** Adds one value {@code times} (at least 0) times. */
  public void add(double value, long times) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      ignored += times;
      return;
    }
    count += times;
    sum.add(value, times);
    double square = value * value;
    squares.add(square, times);
    if (!Double.isInfinite(square)) {
      squares.add(Math.fma(value, value, -square), times);
    }
  }

  /** Adds {@code values[0, size)}: the same as one by one, faster. */
  public void add(double[] values, int size) {
    int left = NumberScratch.room().add(values, size, sum, squares);
    ignored += left;
    count += size - left;
  }

  /** Adds what {@code other} has seen. */
  public void merge(Moments other) {
    sum.merge(other.sum);
    squares.merge(other.squares);
    count += other.count;
    ignored += other.ignored;
  }

  /** Returns the number of finite values. */
  public long count() {
    return count;
  }

  /** Returns the number of NaN and infinite values, which enter nothing else. */
  public long ignored() {
    return ignored;
  }

  /** Returns the sum of the finite values. */
  public double sum() {
    return sum.value();
  }

  /** Returns the mean, NaN where there is no value. */
  public double mean() {
    return count == 0
        ? Double.NaN
        : Rounding.quotient(sum.unscaled(), BigInteger.valueOf(count), ExactSum.LOWEST_EXPONENT);
  }

  /** Returns the population variance, NaN where there is no value. */
  public double variance() {
    return count == 0 ? Double.NaN : variance(BigInteger.valueOf(count));
  }

  /** Returns the variance of a sample, (n·Σx² − (Σx)²) / (n·(n − 1)); NaN below two values. */
  public double sampleVariance() {
    return count < 2 ? Double.NaN : variance(BigInteger.valueOf(count - 1));
  }

  private double variance(BigInteger freedom) {
    if (!squares.isFinite()) {
      return Double.POSITIVE_INFINITY;
    }
    BigInteger n = BigInteger.valueOf(count);
    BigInteger total = sum.unscaled();
    // Both terms as multiples of 2^-2148.
    BigInteger numerator =
        squares
            .unscaled()
            .multiply(n)
            .shiftLeft(-ExactSum.LOWEST_EXPONENT)
            .subtract(total.multiply(total));
    return numerator.signum() <= 0
        ? 0
        : Rounding.quotient(numerator, n.multiply(freedom), 2 * ExactSum.LOWEST_EXPONENT);
  }

  /** Returns the population standard deviation, NaN where there is no value. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(count);
    out.writeLong(ignored);
    sum.write(out);
    squares.write(out);
  }

  /** Returns the moments whose state was written. */
  public static Moments read(DataInput in) throws IOException {
    State.expect(in, "moments", VERSION);
    Moments moments = new Moments();
    moments.count = in.readLong();
    moments.ignored = in.readLong();
    moments.sum.merge(ExactSum.read(in));
    moments.squares.merge(ExactSum.read(in));
    return moments;
  }
}
