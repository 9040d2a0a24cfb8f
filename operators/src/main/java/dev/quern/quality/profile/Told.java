package dev.quern.quality.profile;

import dev.quern.operator.Metric;
import java.util.List;
import java.util.Optional;

/** Collects metrics of one field or of the samples as wholes. */
final class Told {
  /** Values and masks are told only where at least this many samples share them. */
  static final long SHARED = 5;

  private final List<String> fields;
  private final List<Metric> metrics;

  Told(List<String> fields, List<Metric> metrics) {
    this.fields = fields;
    this.metrics = metrics;
  }

  void add(String name, String part, double value, String unit, Metric.Precision precision) {
    metrics.add(
        new Metric(
            name, fields, part, Optional.of(value), value, 1, Metric.Basis.RULE, unit, precision));
  }

  void samples(String name, String part, double samples) {
    add(name, part, samples, "samples", Metric.Precision.EXACT);
  }

  /** Adds an amount of samples that few samples must not give away. */
  void shared(String name, String part, double samples, Metric.Precision precision) {
    if (samples >= SHARED) {
      add(name, part, samples, "samples", precision);
    }
  }

  static Metric.Precision precision(boolean exact) {
    return exact ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED;
  }
}
