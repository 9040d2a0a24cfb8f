package dev.quern.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * The exact sum of doubles, rounded once at the end to the nearest double (ties to even).
 *
 * <p>A fixed-point number of 2,240 bits (a superaccumulator after Kulisch 1981) in limbs of 32
 * bits, each kept in a signed long so that 2^30 additions need no carry. Addition of exact integers
 * is associative and commutative, so the sum depends neither on order nor on parts. Infinite and
 * NaN values are counted beside it and decide the value as in IEEE 754. Negative zero counts as
 * zero.
 */
public final class ExactSum {
  private static final int VERSION = 1;
  private static final int LIMBS = 70;
  private static final int MAX_PENDING = 1 << 30;
  private static final long LIMB_MASK = 0xffff_ffffL;

  /** Weight of bit 0: the smallest subnormal double is 2^-1074. */
  static final int LOWEST_EXPONENT = -1074;

  private final long[] limbs = new long[LIMBS];
  private int pending;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;

  /** Adds one value. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xf_ffff_ffff_ffffL;
    if (exponent == 0x7ff) {
      addSpecial(value);
      return;
    }
    int position = 0;
    if (exponent != 0) {
      mantissa |= 1L << 52;
      position = exponent - 1;
    }
    addScaled(bits < 0 ? -mantissa : mantissa, position);
  }

  /** Adds {@code value}, not the least long, as a multiple of 2^({@code position} - 1074). */
  void addScaled(long value, int position) {
    int limb = position >>> 5;
    int shift = position & 31;
    long mantissa = Math.abs(value);
    long low = mantissa << shift & LIMB_MASK;
    long middle = mantissa >>> 32 - shift & LIMB_MASK;
    long high = shift == 0 ? 0 : mantissa >>> 64 - shift;
    if (value < 0) {
      limbs[limb] -= low;
      limbs[limb + 1] -= middle;
      limbs[limb + 2] -= high;
    } else {
      limbs[limb] += low;
      limbs[limb + 1] += middle;
      limbs[limb + 2] += high;
    }
    if (++pending >= MAX_PENDING) {
      carry();
    }
  }

  /** Adds one value {@code times} (at least 0) times. */
  public void add(double value, long times) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    if (exponent == 0x7ff) {
      addSpecial(value, times);
      return;
    }
    long mantissa = bits & 0xf_ffff_ffff_ffffL | (exponent == 0 ? 0 : 1L << 52);
    int position = Math.max(0, exponent - 1);
    // Ten bits of the factor at a time: their product with 53 bits is a long.
    for (long rest = times; rest != 0; rest >>>= 10) {
      long part = mantissa * (rest & 1023);
      addScaled(bits < 0 ? -part : part, position);
      position += 10;
    }
  }

  private void addSpecial(double value) {
    addSpecial(value, 1);
  }

  private void addSpecial(double value, long times) {
    if (Double.isNaN(value)) {
      nans += times;
    } else if (value > 0) {
      positiveInfinities += times;
    } else {
      negativeInfinities += times;
    }
  }

  /** Adds a whole number exactly. */
  public void add(long value) {
    long high = value >> 32;
    // 2^0 is bit 1074: limb 33, bit 18; two parts of 32 bits are exact doubles.
    add((double) (high * 4294967296.0));
    add((double) (value & LIMB_MASK));
  }

  /** Adds what {@code other} has summed. */
  public void merge(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] += other.limbs[i];
    }
    pending = 1;
    nans += other.nans;
    positiveInfinities += other.positiveInfinities;
    negativeInfinities += other.negativeInfinities;
  }

  /** Returns the sum rounded to the nearest double; 0 where nothing was added. */
  public double value() {
    if (nans > 0 || positiveInfinities > 0 && negativeInfinities > 0) {
      return Double.NaN;
    }
    if (positiveInfinities > 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (negativeInfinities > 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return Rounding.scaled(unscaled(), LOWEST_EXPONENT);
  }

  /** Returns whether every value was finite. */
  boolean isFinite() {
    return nans == 0 && positiveInfinities == 0 && negativeInfinities == 0;
  }

  /** Returns the exact sum of the finite values as a multiple of 2^-1074. */
  BigInteger unscaled() {
    carry();
    byte[] bigEndian = new byte[4 * LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      int limb = (int) limbs[i];
      int at = 4 * (LIMBS - 1 - i);
      bigEndian[at] = (byte) (limb >>> 24);
      bigEndian[at + 1] = (byte) (limb >>> 16);
      bigEndian[at + 2] = (byte) (limb >>> 8);
      bigEndian[at + 3] = (byte) limb;
    }
    return new BigInteger(bigEndian);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    carry();
    State.begin(out, VERSION);
    out.writeLong(nans);
    out.writeLong(positiveInfinities);
    out.writeLong(negativeInfinities);
    byte[] sum = unscaled().toByteArray();
    out.writeShort(sum.length);
    out.write(sum);
  }

  /** Returns the sum whose state was written. */
  public static ExactSum read(DataInput in) throws IOException {
    State.expect(in, "exact sum", VERSION);
    ExactSum sum = new ExactSum();
    sum.nans = in.readLong();
    sum.positiveInfinities = in.readLong();
    sum.negativeInfinities = in.readLong();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    BigInteger unscaled = new BigInteger(bytes);
    for (int i = 0; i < LIMBS; i++) {
      sum.limbs[i] = unscaled.shiftRight(32 * i).intValue() & LIMB_MASK;
    }
    sum.limbs[LIMBS - 1] = (int) sum.limbs[LIMBS - 1];
    return sum;
  }

  /** Brings all limbs but the last into [0, 2^32): one form for each sum. */
  private void carry() {
    if (pending == 0) {
      return;
    }
    long carry = 0;
    for (int i = 0; i < LIMBS - 1; i++) {
      long limb = limbs[i] + carry;
      limbs[i] = limb & LIMB_MASK;
      carry = limb >> 32;
    }
    limbs[LIMBS - 1] += carry;
    pending = 0;
  }
}
