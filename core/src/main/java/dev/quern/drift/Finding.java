package dev.quern.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One comparison and what came of it.
 *
 * @param measure what was compared
 * @param field the field, empty for the samples as a whole
 * @param aspect what of the field, where it is one aspect
 * @param statistic the test's statistic
 * @param threshold what the statistic stays below in a share of 1 − alpha of comparisons without
 *     change, for this comparison alone; absent where there is no test
 * @param p how likely a statistic as large is without change; absent where there is no test
 * @param adjusted p after Benjamini and Hochberg over all tests of the comparison
 * @param effect how large the difference is, in the unit of the measure
 * @param floor the smallest effect that is an alarm
 * @param verdict what follows
 * @param detail what was found, beyond numbers
 */
public record Finding(
    Measure measure,
    String field,
    Optional<Aspect> aspect,
    double statistic,
    Optional<Double> threshold,
    Optional<Double> p,
    Optional<Double> adjusted,
    double effect,
    double floor,
    Verdict verdict,
    Detail detail) {

  /** What is compared. */
  public enum Measure {
    /** Fields and types: a change is an alarm. */
    SCHEMA,
    /** The number of samples; effect: relative change. */
    ROWS,
    /** Missing values, χ² of 2 × 2; effect: difference of the fractions. */
    MISSING,
    /** Population stability index on bins of the reference's quantiles; effect: the index. */
    PSI,
    /** Kolmogorov and Smirnov; effect: Wasserstein-1 in interquartile ranges of the reference. */
    SHIFT,
    /** Categories, χ²; effect: Cramér's V. */
    CATEGORIES,
    /** A classifier that tells the two apart; effect: area under its curve. */
    DOMAIN;

    /** Returns the word reports use. */
    public String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What follows from a comparison. */
  public enum Verdict {
    /** Unlikely by chance and at least as large as the floor. */
    ALARM,
    /** Unlikely by chance, too small to matter. */
    SMALL,
    /** What chance alone may do. */
    STABLE
  }

  /**
   * What was found, beyond numbers.
   *
   * @param before type, number of samples or fraction missing of the reference; else empty
   * @param after the same of the current samples
   * @param changes snake_case names of what has changed: field_added, field_removed, type_changed,
   *     was_empty, is_empty
   * @param figures further numbers by name: bins, freedom, divergence (Jensen–Shannon, bits),
   *     scored (samples), features
   * @param added categories that are new, each shared by 5 samples at least, the most frequent
   *     first; none of fields whose values must not be told
   * @param vanished categories that are gone, likewise
   */
  public record Detail(
      String before,
      String after,
      List<String> changes,
      Map<String, Double> figures,
      List<String> added,
      List<String> vanished) {
    /** Makes a detail of two written values. */
    static Detail of(String before, String after, List<String> changes) {
      return new Detail(before, after, List.copyOf(changes), Map.of(), List.of(), List.of());
    }

    /** Makes a detail of numbers. */
    static Detail of(Map<String, Double> figures) {
      return new Detail("", "", List.of(), new TreeMap<>(figures), List.of(), List.of());
    }
  }

  /** Makes a finding of a rule without chance. */
  static Finding ofRule(Measure measure, String field, double effect, double floor, Detail detail) {
    Verdict verdict = effect >= floor ? Verdict.ALARM : Verdict.STABLE;
    return new Finding(
        measure,
        field,
        Optional.empty(),
        effect,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        effect,
        floor,
        verdict,
        detail);
  }

  /** Returns this finding with its verdict by the adjusted p. */
  Finding judged(double newAdjusted, double alpha) {
    Verdict judged =
        newAdjusted > alpha ? Verdict.STABLE : effect >= floor ? Verdict.ALARM : Verdict.SMALL;
    return new Finding(
        measure,
        field,
        aspect,
        statistic,
        threshold,
        p,
        Optional.of(newAdjusted),
        effect,
        floor,
        judged,
        detail);
  }

  /** Returns whether it is an alarm. */
  public boolean isAlarm() {
    return verdict == Verdict.ALARM;
  }

  /** Returns this finding as plain values. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("measure", measure.written());
    plain.put("field", field.isEmpty() ? null : field);
    plain.put("aspect", aspect.map(Aspect::written).orElse(null));
    plain.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
    plain.put("statistic", statistic);
    plain.put("threshold", threshold.orElse(null));
    plain.put("p", p.orElse(null));
    plain.put("adjusted", adjusted.orElse(null));
    plain.put("effect", effect);
    plain.put("floor", floor);
    if (!detail.before().isEmpty() || !detail.after().isEmpty()) {
      plain.put("before", detail.before());
      plain.put("after", detail.after());
    }
    if (!detail.changes().isEmpty()) {
      plain.put("changes", detail.changes());
    }
    plain.putAll(detail.figures());
    if (measure == Measure.CATEGORIES) {
      plain.put("added", detail.added());
      plain.put("vanished", detail.vanished());
    }
    return plain;
  }
}
