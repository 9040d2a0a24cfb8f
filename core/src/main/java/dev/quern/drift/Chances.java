package dev.quern.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Distributions of the statistics where nothing has changed. */
final class Chances {
  /** Beyond this λ the series is below the smallest double. */
  private static final double CERTAIN = 20;

  private Chances() {}

  /** Returns P(χ² of {@code freedom} degrees ≥ {@code value}). */
  static double chiSquared(double value, int freedom) {
    return ChiSquaredDistribution.of(freedom).survivalProbability(value);
  }

  /** Returns what χ² of {@code freedom} degrees exceeds with probability {@code alpha}. */
  static double chiSquaredThreshold(double alpha, int freedom) {
    return ChiSquaredDistribution.of(freedom).inverseSurvivalProbability(alpha);
  }

  /**
   * Returns P(√(nm/(n+m))·D ≥ λ) for large n and m: 2 Σ (−1)^(k−1) exp(−2 k² λ²) (Kolmogorov 1933,
   * Smirnov 1939). Too large, so on the safe side, for few samples and for ties.
   */
  static double kolmogorov(double lambda) {
    if (lambda < 0.2) {
      return 1;
    }
    if (lambda > CERTAIN) {
      return 0;
    }
    double sum = 0;
    double sign = 1;
    for (int k = 1; k <= 100; k++) {
      double term = Math.exp(-2.0 * k * k * lambda * lambda);
      sum += sign * term;
      sign = -sign;
      if (term < 1e-17) {
        break;
      }
    }
    return Math.min(1, Math.max(0, 2 * sum));
  }

  /** Returns the λ that {@link #kolmogorov} gives {@code alpha} for, by its first term. */
  static double kolmogorovThreshold(double alpha) {
    return Math.sqrt(-0.5 * Math.log(alpha / 2));
  }
}
