package dev.quern.check;

import dev.quern.operator.Metric;
import java.util.Optional;

/**
 * What became of a check.
 *
 * @param check the check
 * @param status whether its constraint holds
 * @param value the value of the metric, absent without evidence
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
    NO_EVIDENCE
  }

  /** Returns whether the constraint holds. */
  public boolean isPassed() {
    return status == Status.PASSED;
  }

  /** Returns whether the dataset must not be published as its newest version. */
  public boolean isError() {
    return !isPassed() && check.level() == Check.Level.ERROR;
  }
}
