package dev.quern.privacy.anonymity;

import java.util.Arrays;

/** The measures of loss by their names in recipes. */
public enum Measures {
  /** {@link NonUniformEntropy}. */
  ENTROPY,
  /** {@link DomainShare}. */
  SHARE,
  /** {@link Precision}. */
  PRECISION,
  /** {@link Discernibility}. */
  DISCERNIBILITY,
  /** {@link AverageClassSize}. */
  CLASS_SIZE;

  /**
   * Returns this measure for a table.
   *
   * @param weight what suppression counts, 0 nothing, 1 fully
   */
  public Measure of(CombinationTable table, Levels[] hierarchies, double weight) {
    return switch (this) {
      case ENTROPY -> new NonUniformEntropy(table, hierarchies, weight);
      case SHARE -> new DomainShare(table, hierarchies, weight);
      case PRECISION ->
          new Precision(
              table.samples(),
              Arrays.stream(hierarchies).mapToInt(levels -> levels.count() - 1).toArray(),
              weight);
      case DISCERNIBILITY -> new Discernibility(table.samples(), weight);
      case CLASS_SIZE -> new AverageClassSize(table.samples());
    };
  }
}
