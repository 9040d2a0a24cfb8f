package dev.quern.privacy.anonymity;

/** What a generalisation costs; less is better. */
public sealed interface Measure
    permits NonUniformEntropy, Discernibility, AverageClassSize, Precision, DomainShare {

  /** Returns the loss of what is published. */
  double loss(Judged judged);

  /**
   * Returns what no choice of levels at or above {@code levels} can go below, from the levels
   * alone; it never falls as levels rise.
   */
  double bound(int[] levels);

  /** Returns what no choice of levels at or above those of {@code judged} can go below. */
  double bound(Judged judged);
}
