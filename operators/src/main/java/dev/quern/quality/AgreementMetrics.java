package dev.quern.quality;

import dev.quern.label.Alpha;
import dev.quern.label.CohenKappa;
import dev.quern.label.Coincidences;
import dev.quern.label.Difference;
import dev.quern.label.FleissKappa;
import dev.quern.operator.Metric;
import java.util.List;
import java.util.Optional;

/** Measures of agreement as metrics: the value first, then what it rests on. */
final class AgreementMetrics {
  /** Of a normal distribution 95 % lie within so many standard deviations. */
  private static final double Z = 1.959963984540054;

  private AgreementMetrics() {}

  static List<Metric> of(List<String> fields, CohenKappa found) {
    Optional<Double> half = found.error().map(error -> Z * error);
    return List.of(
        metric(fields, "", found.kappa()),
        metric(fields, "items", Optional.of((double) found.items()), "samples"),
        metric(fields, "ci_low", found.kappa().flatMap(k -> half.map(h -> Math.max(-1, k - h)))),
        metric(fields, "ci_high", found.kappa().flatMap(k -> half.map(h -> Math.min(1, k + h)))));
  }

  static List<Metric> of(
      List<String> fields,
      Coincidences coincidences,
      Agreement.Measure measure,
      Difference difference) {
    if (measure == Agreement.Measure.FLEISS_KAPPA) {
      FleissKappa found = FleissKappa.of(coincidences);
      return List.of(
          metric(fields, "", found.kappa()),
          metric(fields, "items", Optional.of((double) found.items()), "samples"),
          metric(fields, "chance_error", found.error()));
    }
    Alpha found = Alpha.of(coincidences, difference);
    return List.of(
        metric(fields, "", found.alpha()),
        metric(fields, "items", Optional.of((double) found.items()), "samples"),
        metric(fields, "labels", Optional.of((double) found.labels()), "labels"));
  }

  private static Metric metric(List<String> fields, String part, Optional<Double> value) {
    return metric(fields, part, value, "coefficient");
  }

  private static Metric metric(
      List<String> fields, String part, Optional<Double> value, String unit) {
    return Metric.exact("agreement", fields, part, value, unit);
  }
}
