package dev.quern.check;

import dev.quern.operator.Metric;
import java.util.Optional;

/**
 * What became of a check.
 *
 * @param check the check
 * @param status whether its constraint holds
 * @param value the number that was compared, absent without evidence
 * @param message what was found, and what must be where it failed
 * @param metric what the value was measured from: numerator, denominator, basis, interval
 */
public record CheckResult(
    Check check, Status status, Optional<Double> value, String message, Metric metric) {
  /** Whether a constraint holds. */
  public enum Status {
    PASSED,
    FAILED,
    /** The metric has no value (no samples to measure); counts as failed. */
    NO_EVIDENCE,
    /** Too few earlier versions to compare with; counts as passed. */
    NO_HISTORY
  }

  /** Returns whether the constraint holds, as far as it can be told. */
  public boolean isPassed() {
    return status == Status.PASSED || status == Status.NO_HISTORY;
  }

  /** Returns whether the dataset must not be published as its newest version. */
  public boolean isError() {
    return !isPassed() && check.level() == Check.Level.ERROR;
  }

  /**
   * Returns how many samples, or cells of them, the metric counts as failing; empty for a metric
   * that counts something else.
   */
  public Optional<Long> failing() {
    return switch (check.judging().verdicts()) {
      case FAILURES -> Optional.of(Math.round(metric.denominator() - metric.numerator()));
      case VALUE -> metric.value().map(Math::round);
      case RESPONSIBLE, BELOW, ABOVE, BEYOND, NONE -> Optional.empty();
    };
  }
}
