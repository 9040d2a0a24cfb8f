package dev.quern.text;

import java.math.BigInteger;

/**
 * The double nearest to a number of up to 18 digits times a power of ten (Lemire 2021, "Number
 * parsing at a gigabyte per second", arXiv:2101.11408).
 */
final class NearestDouble {
  private static final int LEAST = -300;
  private static final int MOST = 290;

  /** The upper 128 bits of powers of five from 5^LEAST on, the highest bit set. */
  private static final long[] HIGHS = new long[MOST - LEAST + 1];

  private static final long[] LOWS = new long[MOST - LEAST + 1];

  static {
    BigInteger power = BigInteger.ONE;
    for (int exponent = 0; exponent <= Math.max(MOST, -LEAST); exponent++) {
      int bits = power.bitLength();
      if (exponent <= MOST) {
        put(exponent, bits > 128 ? power.shiftRight(bits - 128) : power.shiftLeft(128 - bits));
      }
      if (exponent > 0 && exponent <= -LEAST) {
        // Rounded up, and cut to 128 bits, as the proof of the method asks.
        BigInteger reciprocal =
            BigInteger.ONE
                .shiftLeft(exponent <= 27 ? bits + 127 : 2 * bits + 128)
                .divide(power)
                .add(BigInteger.ONE);
        put(-exponent, reciprocal.shiftRight(Math.max(0, reciprocal.bitLength() - 128)));
      }
      power = power.multiply(BigInteger.valueOf(5));
    }
  }

  private NearestDouble() {}

  private static void put(int exponent, BigInteger bits) {
    HIGHS[exponent - LEAST] = bits.shiftRight(64).longValue();
    LOWS[exponent - LEAST] = bits.longValue();
  }

  /**
   * Returns the double nearest to {@code mantissa} · 10^{@code exponent}, or NaN where this method
   * cannot tell it.
   *
   * @param mantissa at least 0
   */
  static double of(long mantissa, int exponent) {
    if (mantissa == 0) {
      return 0;
    }
    if (exponent < LEAST || exponent > MOST) {
      return Double.NaN;
    }
    int zeros = Long.numberOfLeadingZeros(mantissa);
    long number = mantissa << zeros;
    long five = HIGHS[exponent - LEAST];
    long upper = upperProduct(number, five);
    long lower = number * five;
    // Of the 64 upper bits 55 decide; if all others are set, a carry may reach them.
    if ((upper & 0x1ff) == 0x1ff) {
      long carry = upperProduct(number, LOWS[exponent - LEAST]);
      lower += carry;
      upper += Long.compareUnsigned(carry, lower) > 0 ? 1 : 0;
      if (lower == -1 && (exponent < -27 || exponent > 55)) {
        return Double.NaN;
      }
    }
    int top = (int) (upper >>> 63);
    long bits = upper >>> (top + 9);
    // floor(exponent · log2(10)) by multiplication, valid in ±350.
    int binary = (int) ((217706L * exponent) >> 16) + 63 + top - zeros + 1023;
    if (binary <= 0) {
      return Double.NaN;
    }
    boolean mayBeHalfway = lower >= 0 && lower <= 1 && exponent >= -4 && exponent <= 23;
    if (mayBeHalfway && (bits & 3) == 1 && bits << (top + 9) == upper) {
      bits--;
    }
    bits = (bits + (bits & 1)) >>> 1;
    if (bits >= 1L << 53) {
      bits = 1L << 52;
      binary++;
    }
    return binary >= 0x7ff
        ? Double.NaN
        : Double.longBitsToDouble((long) binary << 52 | bits & ~(1L << 52));
  }

  private static long upperProduct(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }
}
