package dev.quern.tensor;

/**
 * eˣ and its kin in plain IEEE 754 arithmetic: the same bits on every platform, which {@code
 * Math.exp} does not promise, several times faster than {@code StrictMath}.
 */
final class Exponential {

  private static final double LN2_HIGH = 0x1.62e42fee00000p-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private Exponential() {}

  /**
   * eˣ with a relative error below 1e-15; 0 under -708, where doubles become subnormal, infinite
   * over 709.
   */
  static double exp(double x) {
    if (x < -708) {
      return 0;
    }
    if (x > 709) {
      return Double.POSITIVE_INFINITY;
    }
    // x = k·ln 2 + r with |r| <= 0.35; the Taylor series to r^13 leaves 4e-18.
    double k = Math.rint(x * (1 / 0.6931471805599453));
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double s = 1.0 / 6227020800.0;
    s = s * r + 1.0 / 479001600.0;
    s = s * r + 1.0 / 39916800.0;
    s = s * r + 1.0 / 3628800.0;
    s = s * r + 1.0 / 362880.0;
    s = s * r + 1.0 / 40320.0;
    s = s * r + 1.0 / 5040.0;
    s = s * r + 1.0 / 720.0;
    s = s * r + 1.0 / 120.0;
    s = s * r + 1.0 / 24.0;
    s = s * r + 1.0 / 6.0;
    s = s * r + 0.5;
    s = s * r + 1.0;
    s = s * r + 1.0;
    return s * Double.longBitsToDouble(((long) k + 1023) << 52);
  }

  static float sigmoid(float x) {
    return (float) (1 / (1 + exp(-x)));
  }

  static float tanh(float x) {
    // Below 1e-5 the difference to x is under x · 4e-11, less than a float can show.
    if (Math.abs(x) < 1e-5f) {
      return x;
    }
    return (float) (1 - 2 / (exp(2.0 * x) + 1));
  }
}
