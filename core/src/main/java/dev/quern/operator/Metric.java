package dev.quern.operator;

import java.util.List;
import java.util.Optional;

/**
 * A named value of a dataset.
 *
 * @param name of the analyzer, for example {@code completeness}
 * @param fields the fields it speaks of
 * @param part what part of the metric this is (a value, a quantile), empty for the metric as a
 *     whole
 * @param value absent where there is no evidence (denominator 0)
 * @param numerator of a proportion or mean
 * @param denominator of a proportion or mean
 * @param basis where the value comes from
 * @param unit {@code fraction}, {@code samples}, or the field's
 * @param precision whether the value is exact
 */
public record Metric(
    String name,
    List<String> fields,
    String part,
    Optional<Double> value,
    double numerator,
    double denominator,
    Basis basis,
    String unit,
    Precision precision) {

  /** Where a value comes from. */
  public enum Basis {
    /** Comparison with trusted data. */
    REFERENCE,
    /** A sample checked by people. */
    AUDIT,
    /** Predictions of a model. */
    MODEL,
    /** Rules and counts. */
    RULE
  }

  /** Whether a value is exact. */
  public enum Precision {
    EXACT,
    ESTIMATED
  }

  /** Returns an exact proportion by rules: numerator / denominator, absent for 0 / 0. */
  public static Metric proportion(
      String name, List<String> fields, double numerator, double denominator) {
    return new Metric(
        name,
        fields,
        "",
        denominator == 0 ? Optional.empty() : Optional.of(numerator / denominator),
        numerator,
        denominator,
        Basis.RULE,
        "fraction",
        Precision.EXACT);
  }

  /** Returns an exact value by rules. */
  public static Metric exact(
      String name, List<String> fields, String part, Optional<Double> value, String unit) {
    return new Metric(
        name, fields, part, value, value.orElse(0.0), 1, Basis.RULE, unit, Precision.EXACT);
  }

  /** Returns this metric as the part {@code newPart} of a whole. */
  public Metric of(String newPart) {
    return new Metric(name, fields, newPart, value, numerator, denominator, basis, unit, precision);
  }

  /** Returns how the metric is written in checks and reports, for example {@code mean(age)}. */
  public String written() {
    return name + "(" + String.join(", ", fields) + ")" + (part.isEmpty() ? "" : "[" + part + "]");
  }
}
