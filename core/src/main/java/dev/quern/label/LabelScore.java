package dev.quern.label;

/**
 * How well a given label fits the probabilities of its sample: 0 is an error for sure, 1 none.
 * Definitions of cleanlab 2.9.0, {@code rank.get_label_quality_scores}.
 */
public enum LabelScore {
  /** p_y, the probability of the given label y. */
  SELF_CONFIDENCE,
  /** (p_y − max over j ≠ y of p_j + 1) / 2. */
  NORMALIZED_MARGIN,
  /** ln(1 + h) / h with h = H(p) / ln K / p_y, the entropy over the self-confidence. */
  CONFIDENCE_WEIGHTED_ENTROPY;

  /** Returns the score of label {@code given} for a sample with the probabilities {@code p}. */
  public double of(double[] p, int given) {
    return switch (this) {
      case SELF_CONFIDENCE -> p[given];
      case NORMALIZED_MARGIN -> (p[given] - largestOther(p, given) + 1) / 2;
      case CONFIDENCE_WEIGHTED_ENTROPY -> weightedEntropy(p, given);
    };
  }

  private static double largestOther(double[] p, int given) {
    double largest = p.length == 1 ? 0 : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i++) {
      if (i != given) {
        largest = Math.max(largest, p[i]);
      }
    }
    return largest;
  }

  private static double weightedEntropy(double[] p, int given) {
    double entropy = 0;
    for (double each : p) {
      entropy -= each > 0 ? each * StrictMath.log(each) : 0;
    }
    double normal = p.length == 1 ? 0 : entropy / StrictMath.log(p.length);
    double weighted = normal / Math.max(p[given], Probabilities.CLOSE);
    return StrictMath.log(weighted + 1) / Math.max(weighted, Probabilities.CLOSE);
  }
}
