package dev.quern.privacy.anonymity;

import java.util.Arrays;

/**
 * The sensitive values of a class are diverse (Machanavajjhala, Kifer, Gehrke and
 * Venkitasubramaniam 2007, ℓ-Diversity).
 *
 * @param attribute which sensitive field, from 0
 * @param kind how diversity is measured
 * @param l how diverse a class must be, at least 1; a whole number for all kinds but entropy
 * @param c of recursive diversity alone, above 0
 */
public record LDiversity(int attribute, Kind kind, double l, double c) implements PrivacyModel {
  /** Room for the rounding of logarithms: a class of l equally frequent values is l-diverse. */
  private static final double ROUNDING = 1e-12;

  /** How diversity is measured. */
  public enum Kind {
    /** At least l different values. */
    DISTINCT,
    /** exp(entropy) is at least l: H ≥ ln l. */
    ENTROPY,
    /** r₁ &lt; c · (r_l + … + r_m), counts of values sorted down. */
    RECURSIVE
  }

  @Override
  public void judge(Classes classes, boolean[] kept) {
    classes.spread(
        attribute, (one, spread, samples) -> kept[one] = kept[one] && holds(spread, samples));
  }

  boolean holds(long[] spread, long samples) {
    return switch (kind) {
      case DISTINCT -> distinct(spread) >= l;
      case ENTROPY -> entropy(spread, samples) >= Math.log(l) - ROUNDING;
      case RECURSIVE -> isRecursive(spread);
    };
  }

  @Override
  public boolean isMonotone() {
    return kind == Kind.DISTINCT;
  }

  /** Returns how many values occur. */
  public static int distinct(long[] spread) {
    int distinct = 0;
    for (long count : spread) {
      distinct += count > 0 ? 1 : 0;
    }
    return distinct;
  }

  /** Returns −Σ p ln p of {@code samples} spread so, in nats. */
  public static double entropy(long[] spread, long samples) {
    double entropy = 0;
    for (long count : spread) {
      if (count > 0) {
        double p = (double) count / samples;
        entropy -= p * Math.log(p);
      }
    }
    return entropy;
  }

  private boolean isRecursive(long[] spread) {
    long[] sorted = spread.clone();
    Arrays.sort(sorted);
    long tail = 0;
    for (int i = sorted.length - (int) l; i >= 0; i--) {
      tail += sorted[i];
    }
    return sorted[sorted.length - 1] < c * tail;
  }
}
