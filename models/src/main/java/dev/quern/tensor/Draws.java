package dev.quern.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Random numbers by counter: the draw of a place depends on the seed and the place alone, never on
 * what was drawn before. The mixing function is that of SplittableRandom (Steele, Lea, Flood 2014;
 * variant 13 of Stafford).
 */
final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** 64 well-mixed bits. */
  static long bits(long seed, long counter) {
    return mix(mix(seed + GOLDEN) + counter * GOLDEN);
  }

  /** The seed of a named stream. */
  static long stream(long seed, String name) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    for (byte b : name.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return mix(seed ^ mix(hash));
  }

  /** A draw from N(0, 1) by Box and Muller; StrictMath gives the same bits on every platform. */
  static double gaussian(long seed, long counter) {
    double radius = ((bits(seed, 2 * counter) >>> 11) + 1) * 0x1p-53; // (0, 1]
    double angle = (bits(seed, 2 * counter + 1) >>> 11) * 0x1p-53; // [0, 1)
    return Math.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
