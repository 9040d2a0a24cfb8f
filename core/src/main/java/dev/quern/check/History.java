package dev.quern.check;

import java.time.Instant;
import java.util.List;

/**
 * The values a metric had in the versions of a dataset.
 *
 * @param values oldest first
 */
public record History(List<Past> values) {
  /** No versions. */
  public static final History NONE = new History(List.of());

  public History {
    values = List.copyOf(values);
  }

  /**
   * The value of one version.
   *
   * @param version id of the version
   * @param moment when it was made
   * @param value of the metric
   */
  public record Past(String version, Instant moment, double value) {}

  /** Returns the values alone, oldest first. */
  public double[] numbers() {
    return values.stream().mapToDouble(Past::value).toArray();
  }
}
