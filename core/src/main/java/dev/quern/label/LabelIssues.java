package dev.quern.label;

/** How labels are called issues; the names and definitions of cleanlab 2.9.0. */
public enum LabelIssues {
  /** Of each label i, and each class j, the C_ij samples with the largest p_j − p_i. */
  PRUNE_BY_NOISE_RATE,
  /** Of each label i the samples with the lowest p_i, as many as the joint says are wrong. */
  PRUNE_BY_CLASS,
  /** What both of these call issues. */
  BOTH,
  /** Samples that are confidently of another class. */
  CONFIDENT_LEARNING,
  /** Samples for which another class is the most probable. */
  PREDICTED_NEQ_GIVEN;

  /** Returns whether samples have to be ranked by the probability of their label. */
  public boolean ranksClasses() {
    return this == PRUNE_BY_CLASS || this == BOTH;
  }

  /** Returns whether samples have to be ranked by their margins to other classes. */
  public boolean ranksMargins() {
    return this == PRUNE_BY_NOISE_RATE || this == BOTH;
  }

  /**
   * Returns whether the label {@code given} is an issue.
   *
   * @param ends see {@link PruneRanks#ends}; not looked at where nothing is ranked
   * @param high first half of the sample's id
   * @param low second half of the sample's id
   */
  public boolean isIssue(
      double[] p,
      int given,
      double[] thresholds,
      Collisions collisions,
      Lowest.Ranked[][] ends,
      long high,
      long low) {
    if (!Probabilities.predictsOther(p, given)) {
      return false;
    }
    return switch (this) {
      case PREDICTED_NEQ_GIVEN -> Probabilities.largest(p) != given;
      case CONFIDENT_LEARNING -> {
        int confident = ConfidentCounts.confident(p, thresholds, collisions);
        yield confident >= 0 && confident != given;
      }
      case PRUNE_BY_NOISE_RATE, PRUNE_BY_CLASS, BOTH ->
          PruneRanks.isPruned(this, ends, p, given, high, low);
    };
  }
}
