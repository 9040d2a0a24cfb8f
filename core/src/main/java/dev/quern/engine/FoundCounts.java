package dev.quern.engine;

import java.io.Serializable;

/**
 * How often something was found in a field; sums are exact in any order.
 *
 * @param findings how many there are
 * @param samples samples with at least one
 * @param millionths sum of the scores of the findings, each in millionths
 */
public record FoundCounts(long findings, long samples, long millionths) implements Serializable {
  private static final double MILLION = 1e6;

  /** Nothing found. */
  public static final FoundCounts ZERO = new FoundCounts(0, 0, 0);

  /** Returns a score in [0, 1] in millionths, rounded. */
  public static long millionths(double score) {
    return Math.round(score * MILLION);
  }

  /** Returns the counts of both. */
  public FoundCounts plus(FoundCounts other) {
    return new FoundCounts(
        findings + other.findings, samples + other.samples, millionths + other.millionths);
  }

  /** Returns the mean score of the findings, in [0, 1]; 0 where there are none. */
  public double meanScore() {
    return findings == 0 ? 0 : millionths / MILLION / findings;
  }
}
