package dev.quern.statistics;

/** Doubles as longs of the same order, so that one structure counts and sorts both. */
public final class OrderedBits {
  private OrderedBits() {}

  /** Returns a long that orders as {@code value} does; both zeros are one, NaN is the largest. */
  public static long of(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /** Returns the double of {@code ordered}, the inverse of {@link #of}. */
  public static double toDouble(long ordered) {
    return Double.longBitsToDouble(ordered ^ ordered >> 63 & Long.MAX_VALUE);
  }
}
