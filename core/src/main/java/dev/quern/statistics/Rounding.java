package dev.quern.statistics;

import java.math.BigInteger;

/** Exact integers and quotients rounded once to the nearest double, ties to even. */
final class Rounding {
  private Rounding() {}

  /** Returns {@code value · 2^exponent}; exponent at least -1074. */
  static double scaled(BigInteger value, int exponent) {
    return scaled(value, exponent, Remainder.NONE);
  }

  /** Returns {@code numerator / denominator · 2^exponent}; the denominator is positive. */
  static double quotient(BigInteger numerator, BigInteger denominator, int exponent) {
    if (numerator.signum() == 0) {
      return 0;
    }
    // 66 or more bits of quotient and a sticky remainder decide every rounding.
    int shift = Math.max(0, 66 + denominator.bitLength() - numerator.bitLength());
    BigInteger[] parts = numerator.abs().shiftLeft(shift).divideAndRemainder(denominator);
    double magnitude =
        scaled(
            parts[0], exponent - shift, parts[1].signum() == 0 ? Remainder.NONE : Remainder.SOME);
    return numerator.signum() < 0 ? -magnitude : magnitude;
  }

  private enum Remainder {
    NONE,
    SOME
  }

  private static double scaled(BigInteger value, int exponent, Remainder remainder) {
    BigInteger magnitude = value.abs();
    int bits = magnitude.bitLength();
    int drop = Math.max(bits - 53, ExactSum.LOWEST_EXPONENT - exponent);
    double rounded;
    if (drop <= 0) {
      rounded = Math.scalb(magnitude.doubleValue(), exponent);
    } else {
      BigInteger kept = magnitude.shiftRight(drop);
      boolean half = magnitude.testBit(drop - 1);
      boolean beyond = remainder == Remainder.SOME || magnitude.getLowestSetBit() < drop - 1;
      if (half && (beyond || kept.testBit(0))) {
        kept = kept.add(BigInteger.ONE);
      }
      // The exponent is at least -1074 and kept at most 2^53: exact, or infinite.
      rounded = Math.scalb(kept.doubleValue(), exponent + drop);
    }
    return value.signum() < 0 ? -rounded : rounded;
  }
}
