package dev.quern.operator;

import dev.quern.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named value of a dataset. Without evidence (denominator 0) there is no value, never a perfect
 * one.
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
 * @param interval the bounds of 95 % confidence: the value itself where all samples were counted,
 *     the published error of a sketch, Wilson's interval of a sample; absent where none is known
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
    Precision precision,
    Optional<Interval> interval) {
  /** The reason for a value that is absent. */
  public static final String NO_EVIDENCE = "no_evidence";

  /**
   * Makes a metric.
   *
   * @throws IllegalArgumentException if a value has no evidence
   */
  public Metric {
    if (denominator == 0 && value.isPresent()) {
      throw new IllegalArgumentException(
          name + ": a metric of denominator 0 must have no value; found: one");
    }
  }

  /**
   * Makes a metric whose interval follows from its precision: the value itself where it was counted
   * exactly over all samples, else none.
   */
  public Metric(
      String name,
      List<String> fields,
      String part,
      Optional<Double> value,
      double numerator,
      double denominator,
      Basis basis,
      String unit,
      Precision precision) {
    this(
        name,
        fields,
        part,
        value,
        numerator,
        denominator,
        basis,
        unit,
        precision,
        precision == Precision.EXACT && (basis == Basis.RULE || basis == Basis.REFERENCE)
            ? value.filter(v -> !v.isNaN()).map(Interval::exactly)
            : Optional.empty());
  }

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

  /**
   * Returns a proportion that was seen in a sample: an estimate with Wilson's interval, absent for
   * 0 / 0.
   *
   * @param basis AUDIT or MODEL: what the sample was compared with
   */
  public static Metric sampled(
      String name, List<String> fields, double numerator, double denominator, Basis basis) {
    return new Metric(
        name,
        fields,
        "",
        denominator == 0 ? Optional.empty() : Optional.of(numerator / denominator),
        numerator,
        denominator,
        basis,
        "fraction",
        Precision.ESTIMATED,
        denominator == 0 ? Optional.empty() : Optional.of(Interval.wilson(numerator, denominator)));
  }

  /** Returns this metric as the part {@code name} of it. */
  public Metric part(String newPart) {
    return new Metric(
        name, fields, newPart, value, numerator, denominator, basis, unit, precision, interval);
  }

  /** Returns this metric measured by comparison with {@code newBasis}, which is no sample. */
  public Metric on(Basis newBasis) {
    return new Metric(
        name, fields, part, value, numerator, denominator, newBasis, unit, precision, interval);
  }

  /** Returns an exact value by rules. */
  public static Metric exact(
      String name, List<String> fields, String part, Optional<Double> value, String unit) {
    return new Metric(
        name, fields, part, value, value.orElse(0.0), 1, Basis.RULE, unit, Precision.EXACT);
  }

  /** Returns how the metric is written in checks and reports, for example {@code mean(age)}. */
  public String written() {
    return name + "(" + String.join(", ", fields) + ")" + (part.isEmpty() ? "" : "[" + part + "]");
  }

  /** Returns why there is no value, empty where there is one. */
  public Optional<String> reason() {
    return value.isPresent() ? Optional.empty() : Optional.of(NO_EVIDENCE);
  }

  /** Returns the metric as plain values, as reports, manifests and cards hold it. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("name", name);
    plain.put("fields", fields);
    if (!part.isEmpty()) {
      plain.put("part", part);
    }
    plain.put("value", value.orElse(null));
    reason().ifPresent(why -> plain.put("reason", why));
    plain.put("numerator", numerator);
    plain.put("denominator", denominator);
    plain.put("basis", basis.name().toLowerCase(Locale.ROOT));
    plain.put("precision", precision.name().toLowerCase(Locale.ROOT));
    plain.put("low", interval.map(Interval::low).orElse(null));
    plain.put("high", interval.map(Interval::high).orElse(null));
    plain.put("unit", unit);
    return plain;
  }
}
