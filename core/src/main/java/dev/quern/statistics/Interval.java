package dev.quern.statistics;

/**
 * The bounds within which a value lies: the value itself where everything was counted, a 95 %
 * confidence interval where it was estimated.
 *
 * @param low the lower bound, inclusive
 * @param high the upper bound, inclusive
 */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the normal distribution: 95 % lie between its negative and it. */
  private static final double Z = 1.959963984540054;

  /**
   * Makes an interval.
   *
   * @throws IllegalArgumentException if a bound is no number or the bounds are reversed
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "lower bound must be <= upper bound; found: " + low + ", " + high);
    }
  }

  /** Returns the interval of a value that is known exactly. */
  public static Interval exactly(double value) {
    return new Interval(value, value);
  }

  /**
   * Returns the 95 % interval of a proportion of which {@code successes} of {@code trials} were
   * seen in a sample (Wilson 1927): centre (p + z²/2n) / (1 + z²/n), half-width z·√(p(1−p)/n +
   * z²/4n²) / (1 + z²/n).
   *
   * @param successes in [0, trials]
   * @param trials greater than 0
   */
  public static Interval wilson(double successes, double trials) {
    if (!(trials > 0 && successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials] of at least one trial; found: "
              + successes
              + " of "
              + trials);
    }
    double p = successes / trials;
    double z2 = Z * Z;
    double scale = 1 + z2 / trials;
    double centre = (p + z2 / (2 * trials)) / scale;
    double half = Z * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials)) / scale;
    // Without a success or a failure one bound is the end of the range, exactly.
    double low = successes == 0 ? 0 : Math.max(0, centre - half);
    double high = successes == trials ? 1 : Math.min(1, centre + half);
    return new Interval(low, high);
  }
}
