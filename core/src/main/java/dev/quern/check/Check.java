package dev.quern.check;

import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An assertion on one metric of a dataset.
 *
 * @param name what reports call it; the assertion as a line unless given
 * @param metric the metric as written, {@code mean(age)}: equal metrics of versions are compared
 * @param level what a failure means
 * @param analyzer name of the operator that yields the metric, for example {@code
 *     quality.completeness}
 * @param parameters the operator's parameters as plain values, as {@code Params.read} takes them
 * @param constraint what must hold of the number
 * @param measure which number of the metric
 * @param failing what becomes of samples that the metric counts as failing
 * @param anomaly where given, the number is how far the value lies from those of earlier versions
 * @param judging which samples the analyzer holds responsible
 */
public record Check(
    String name,
    String metric,
    Level level,
    String analyzer,
    Map<String, Object> parameters,
    Constraint constraint,
    Measure measure,
    Failing failing,
    Optional<Anomaly> anomaly,
    Judging judging) {
  /** What a failure means. */
  public enum Level {
    /** The version is written but not published, nothing is trained, and the run fails. */
    ERROR,
    /** It is reported. */
    WARNING
  }

  /** What becomes of single samples that fail. */
  public enum Failing {
    /** They stay in the version. */
    KEEP,
    /** They go to a side folder of the run, before the version is written. */
    ASIDE
  }

  /** Which number is compared. */
  public enum Measure {
    /** The metric's value. */
    VALUE,
    /** How many fail: denominator − numerator (samples). */
    FAILING,
    /** How many fail, of all samples (percent). */
    FAILING_PERCENT
  }

  /** Makes a check; the parameters keep their order. */
  public Check {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Returns this check as {@code newName}. */
  public Check named(String newName) {
    return with(newName, level);
  }

  /** Returns this check with another level. */
  public Check at(Level newLevel) {
    return with(name, newLevel);
  }

  private Check with(String newName, Level newLevel) {
    return new Check(
        newName,
        metric,
        newLevel,
        analyzer,
        parameters,
        constraint,
        measure,
        failing,
        anomaly,
        judging);
  }

  /**
   * Returns between what the metric itself must lie; no limits where another number is compared.
   */
  public Limits limits() {
    return measure == Measure.VALUE && anomaly.isEmpty() ? constraint.limits() : Limits.NONE;
  }

  /** Returns whether single samples are told to fail this check. */
  public boolean judgesSamples() {
    return judging.judges(limits());
  }

  /** Returns the result of this check for the metric of its analyzer, without a history. */
  public CheckResult evaluate(Metric metric) {
    return evaluate(metric, Evidence.of(metric));
  }

  /** Returns the result of this check for the metric of its analyzer. */
  public CheckResult evaluate(Metric metric, Evidence evidence) {
    Optional<Double> value = metric.value().filter(found -> !found.isNaN());
    if (value.isPresent() && anomaly.isPresent()) {
      return surprise(anomaly.get(), metric, value.get(), evidence);
    }
    Optional<Double> number = measured(metric, value, evidence);
    String rule = rule(metric, unit(metric));
    if (number.isEmpty()) {
      return new CheckResult(
          this,
          CheckResult.Status.NO_EVIDENCE,
          Optional.empty(),
          rule + "; found: no evidence (nothing to measure, or to compare it with)",
          metric);
    }
    double found = number.get();
    return new CheckResult(
        this,
        status(found),
        number,
        rule + "; found: " + Constraint.plain(found) + shares(metric),
        metric);
  }

  private CheckResult.Status status(double found) {
    return constraint.holds(found) ? CheckResult.Status.PASSED : CheckResult.Status.FAILED;
  }

  private Optional<Double> measured(Metric metric, Optional<Double> value, Evidence evidence) {
    double wrong = metric.denominator() - metric.numerator();
    return switch (measure) {
      case VALUE -> value;
      case FAILING -> Optional.of(wrong);
      case FAILING_PERCENT ->
          evidence.samples() == 0
              ? Optional.empty()
              : Optional.of(100.0 * wrong / evidence.samples());
    };
  }

  private CheckResult surprise(Anomaly how, Metric metric, double value, Evidence evidence) {
    History history = evidence.history().apply(this.metric);
    Optional<Double> distance = how.distance(value, evidence.moment(), history);
    String rule = rule(metric, " (" + how.unit() + ")");
    if (distance.isEmpty()) {
      return new CheckResult(
          this,
          CheckResult.Status.NO_HISTORY,
          Optional.of(value),
          rule
              + "; found: "
              + history.values().size()
              + " earlier versions, at least "
              + how.needs()
              + " are needed to judge",
          metric);
    }
    Constraint.Kind kind = constraint.kind();
    boolean size = kind == Constraint.Kind.AT_MOST || kind == Constraint.Kind.BELOW;
    double compared = size ? Math.abs(distance.get()) : distance.get();
    return new CheckResult(
        this,
        status(compared),
        Optional.of(compared),
        rule
            + "; found: "
            + Constraint.plain(compared)
            + " (value "
            + Constraint.plain(value)
            + " after "
            + history.values().size()
            + " versions)",
        metric);
  }

  private String rule(Metric metric, String unit) {
    String what =
        switch (measure) {
          case VALUE -> metric.written();
          case FAILING, FAILING_PERCENT -> "failing of " + metric.written();
        };
    return "check '"
        + name
        + "': "
        + what
        + anomaly.map(how -> " " + how.written()).orElse("")
        + " must be "
        + constraint.written()
        + unit;
  }

  private String unit(Metric metric) {
    return switch (measure) {
      case VALUE ->
          metric.unit().isEmpty() || metric.unit().equals("-") ? "" : " (" + metric.unit() + ")";
      case FAILING -> " (samples)";
      case FAILING_PERCENT -> " (percent of samples)";
    };
  }

  /** Returns what the value was computed from, where that says more than the value. */
  private static String shares(Metric metric) {
    String estimated = metric.precision() == Metric.Precision.ESTIMATED ? " (estimated)" : "";
    boolean proportion = metric.unit().equals("fraction") && metric.denominator() != 0;
    return proportion
        ? " ("
            + Constraint.plain(metric.numerator())
            + " / "
            + Constraint.plain(metric.denominator())
            + ")"
            + estimated
        : estimated;
  }
}
