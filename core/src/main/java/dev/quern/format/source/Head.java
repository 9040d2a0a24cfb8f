package dev.quern.format.source;

import java.util.Arrays;

/**
 * The beginning of a file, by which its layout is told.
 *
 * @param bytes UTF-8, without byte order mark
 * @param encoding how the file is stored
 * @param start offset of the first byte in the decoded stream: 3 behind a UTF-8 byte order mark
 * @param end whether more follows
 */
public record Head(byte[] bytes, TextEncoding encoding, long start, Boundaries.Input end) {
  /** Bytes by which a layout is told. */
  public static final int LAYOUT = 1 << 18;

  /** Bytes by which a schema is told. */
  public static final int SCHEMA = 1 << 20;

  /** Returns the first {@code most} bytes. */
  public Head first(int most) {
    return bytes.length <= most
        ? this
        : new Head(Arrays.copyOf(bytes, most), encoding, start, Boundaries.Input.CONTINUES);
  }
}
