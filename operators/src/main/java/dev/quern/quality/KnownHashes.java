package dev.quern.quality;

import dev.quern.operator.Fit;
import dev.quern.statistics.HashCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** Hashes as a fit, 24 bytes each: what judges need to know of values without the values. */
final class KnownHashes {
  private static final String HASHES = "hashes";

  private KnownHashes() {}

  /** Returns {@code hashes} as a fit. */
  static Fit fit(HashCounts hashes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      hashes.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fit(Map.of(HASHES, Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }

  /** Returns the hashes that {@link #fit} was made of. */
  static HashCounts read(Fit fit) {
    byte[] bytes = Base64.getDecoder().decode(String.valueOf(fit.values().get(HASHES)));
    try {
      return HashCounts.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
