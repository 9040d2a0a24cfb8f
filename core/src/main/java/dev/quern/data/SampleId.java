package dev.quern.data;

import java.util.HexFormat;

/**
 * The stable 128-bit identity of a sample: the hash of source name, file name within the source,
 * position and child number, or of the declared key. Given at acquisition and carried for ever.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record SampleId(long high, long low) implements Comparable<SampleId> {

  /** Returns the id of the sample at {@code position} of {@code file} in {@code source}. */
  public static SampleId of(String source, String file, long position, long child) {
    Hash128 hash = new Hash128();
    hash.putText(source).putText(file).putLong(position).putLong(child).finish();
    return new SampleId(hash.high(), hash.low());
  }

  /** Orders by unsigned bits, as the hexadecimal form does. */
  @Override
  public int compareTo(SampleId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** Returns 32 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  /**
   * Reads the form written by {@link #toString}.
   *
   * @throws IllegalArgumentException if {@code written} is not 32 hexadecimal digits
   */
  public static SampleId parse(String written) {
    if (written.length() != 32) {
      throw new IllegalArgumentException(
          "sample id must be 32 hexadecimal digits; found: " + written.length() + " characters");
    }
    return new SampleId(
        HexFormat.fromHexDigitsToLong(written, 0, 16),
        HexFormat.fromHexDigitsToLong(written, 16, 32));
  }
}
