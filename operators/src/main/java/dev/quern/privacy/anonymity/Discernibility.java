package dev.quern.privacy.anonymity;

/**
 * Discernibility: Σ over classes of size²; of those suppressed, the weight says how much of n, the
 * samples of the table, each sample counts instead of the size of its class (Bayardo and Agrawal
 * 2005 with weight 1).
 *
 * @param samples n
 * @param weight what suppression counts, 0 nothing, 1 fully
 */
public record Discernibility(long samples, double weight) implements Measure {
  @Override
  public double loss(Judged judged) {
    double loss = bound(judged);
    for (int i = 0; weight > 0 && i < judged.kept().length; i++) {
      long size = judged.classes().size(i);
      loss += judged.kept()[i] ? 0 : weight * size * (samples - size);
    }
    return loss;
  }

  @Override
  public double bound(int[] levels) {
    return 0;
  }

  /** A class suppressed here may be kept above, where it is no smaller. */
  @Override
  public double bound(Judged judged) {
    double bound = 0;
    for (int i = 0; i < judged.classes().size(); i++) {
      bound += (double) judged.classes().size(i) * judged.classes().size(i);
    }
    return bound;
  }
}
