package dev.quern.check;

import dev.quern.operator.Metric;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a check is judged by beside its metric.
 *
 * @param samples of the version that was measured
 * @param moment when it was made
 * @param history the values of earlier versions, by metric as written
 */
public record Evidence(long samples, Instant moment, Function<String, History> history) {

  /** Returns evidence without a history, over as many samples as the metric counts. */
  static Evidence of(Metric metric) {
    return new Evidence((long) metric.denominator(), Instant.EPOCH, name -> History.NONE);
  }
}
