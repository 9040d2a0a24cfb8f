package dev.quern.check;

import dev.quern.operator.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An assertion on one metric of a dataset.
 *
 * @param name what reports call it; the assertion as a line unless given
 * @param level what a failure means
 * @param analyzer name of the operator that yields the metric, for example {@code
 *     quality.completeness}
 * @param parameters the operator's parameters as plain values, as {@code Params.read} takes them
 * @param constraint what must hold of the metric's value
 */
public record Check(
    String name,
    Level level,
    String analyzer,
    Map<String, Object> parameters,
    Constraint constraint) {
  /** What a failure means. */
  public enum Level {
    /** The version is written but not published, nothing is trained, and the run fails. */
    ERROR,
    /** It is reported. */
    WARNING
  }

  /** Makes a check; the parameters keep their order. */
  public Check {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Returns the result of this check for the metric of its analyzer. */
  public CheckResult evaluate(Metric metric) {
    String unit =
        metric.unit().isEmpty() || metric.unit().equals("-") ? "" : " (" + metric.unit() + ")";
    String rule =
        "check '" + name + "': " + metric.written() + " must be " + constraint.written() + unit;
    Optional<Double> value = metric.value().filter(found -> !found.isNaN());
    if (value.isEmpty()) {
      return new CheckResult(
          this,
          CheckResult.Status.NO_EVIDENCE,
          Optional.empty(),
          rule + "; found: no evidence (nothing to measure)",
          metric);
    }
    double found = value.get();
    boolean holds = constraint.holds(found);
    return new CheckResult(
        this,
        holds ? CheckResult.Status.PASSED : CheckResult.Status.FAILED,
        value,
        rule + "; found: " + Constraint.plain(found) + evidence(metric),
        metric);
  }

  /** Returns what the value was computed from, where that says more than the value. */
  private static String evidence(Metric metric) {
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
