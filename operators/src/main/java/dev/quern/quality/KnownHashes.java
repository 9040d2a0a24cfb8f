package dev.quern.quality;

import dev.quern.operator.Fit;
import dev.quern.statistics.HashCounts;
import java.util.Map;

/** Hashes as a fit, 24 bytes each: what judges need to know of values without the values. */
final class KnownHashes {
  private static final String HASHES = "hashes";

  private KnownHashes() {}

  /** Returns {@code hashes} as a fit. */
  static Fit fit(HashCounts hashes) {
    return new Fit(Map.of(HASHES, hashes.encoded()));
  }

  /** Returns the hashes that {@link #fit} was made of. */
  static HashCounts read(Fit fit) {
    return HashCounts.decoded(String.valueOf(fit.values().get(HASHES)));
  }
}
