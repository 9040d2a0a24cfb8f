package dev.quern.train;

import java.util.Arrays;
import java.util.Optional;

/**
 * The area under the ROC curve: (Σ ranks of positives − P(P+1)/2) / (P·Q) with P positives and Q
 * negatives, equal scores sharing their mean rank (Hanley and McNeil 1982, Radiology 143).
 */
final class Auc {
  private Auc() {}

  /**
   * Returns the area, empty where a class is absent.
   *
   * @param scores higher for positives
   * @param truth 1 for positives, else 0
   */
  static Optional<Double> of(float[] scores, float[] truth) {
    int n = scores.length;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      // Floats as integers of the same order, above the class; a score of -0 counts as 0.
      int bits = Float.floatToIntBits(scores[i] + 0.0f);
      int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
      keys[i] = ((long) ordered << 1) | (truth[i] == 1 ? 1 : 0);
    }
    Arrays.sort(keys);
    long positives = 0;
    long negatives = 0;
    long twiceArea = 0;
    for (int i = 0; i < n; ) {
      long tiedPositives = 0;
      long tiedNegatives = 0;
      long score = keys[i] >> 1;
      for (; i < n && keys[i] >> 1 == score; i++) {
        tiedPositives += keys[i] & 1;
        tiedNegatives += 1 - (keys[i] & 1);
      }
      twiceArea += tiedPositives * (2 * negatives + tiedNegatives);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    return positives == 0 || negatives == 0
        ? Optional.empty()
        : Optional.of(twiceArea / (2.0 * positives * negatives));
  }
}
