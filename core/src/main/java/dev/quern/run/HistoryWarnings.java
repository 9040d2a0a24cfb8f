package dev.quern.run;

import dev.quern.check.Anomaly;
import dev.quern.check.Constraint;
import dev.quern.check.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metrics of a new version that lie outside the robust bounds of their history, though no check
 * asks for it: |v − median| > 3.5 · 1.4826 · MAD over at least five versions (Iglewicz and Hoaglin
 * 1993), and more than 1 % of the median, because what hardly varies always lies outside.
 */
final class HistoryWarnings {
  private static final double DEVIATIONS = 3.5;
  private static final double LEAST = 0.01;

  private HistoryWarnings() {}

  /**
   * Returns one entry per metric outside its bounds: metric, value, versions, median, deviations.
   */
  static List<Object> of(
      Map<String, Double> values, MetricHistory history, Optional<String> version) {
    List<Object> warnings = new ArrayList<>();
    Anomaly robust = new Anomaly(Anomaly.Kind.ROBUST, 1);
    values.forEach(
        (metric, value) -> {
          History past = history.of(metric, version);
          Optional<Double> distance = robust.distance(value, Instant.EPOCH, past);
          if (distance.isEmpty()) {
            return;
          }
          double median = Anomaly.median(past.numbers());
          boolean far = Math.abs(distance.get()) > DEVIATIONS;
          if (far && Math.abs(value - median) > LEAST * Math.abs(median)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("metric", metric);
            one.put("value", value);
            one.put("versions", (long) past.values().size());
            one.put("median", median);
            if (Double.isFinite(distance.get())) {
              one.put("deviations", distance.get());
            }
            one.put(
                "message",
                metric
                    + " is "
                    + Constraint.plain(value)
                    + ", outside the robust bounds of "
                    + past.values().size()
                    + " earlier versions (median "
                    + Constraint.plain(median)
                    + ")");
            warnings.add(one);
          }
        });
    return warnings;
  }
}
