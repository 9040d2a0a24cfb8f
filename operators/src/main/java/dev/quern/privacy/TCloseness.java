package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * t_closeness = the t for which the samples are t-close: the greatest, over classes of samples that
 * share the values of all fields, of the earth mover's distance between the sensitive values of the
 * class and of all samples, in [0, 1]. The distance of two values is 1 (equal) or follows the order
 * of numbers, or of the bytes of texts (ordered). Suppressed samples, all of whose fields are
 * {@code *}, are no class, but belong to all samples; without a class the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param sensitive the sensitive field
 * @param distance how far its values lie from each other
 * @param where the condition for which samples are measured
 */
public record TCloseness(
    List<String> fields, String sensitive, Distance distance, Optional<String> where)
    implements JudgedClasses {

  /** How far sensitive values lie from each other. */
  public enum Distance {
    /** All equally far. */
    EQUAL,
    /** By their order. */
    ORDERED
  }

  private static final Param<String> SENSITIVE =
      Param.field("sensitive", new Localized("The sensitive field.", "敏感字段。"));

  private static final Param<Distance> DISTANCE =
      Param.choice(
              "distance",
              Distance.class,
              new Localized(
                  "equal: all values lie equally far apart; ordered: neighbours are near.",
                  "equal：所有取值等距；ordered：按顺序相邻者近。"))
          .or(Distance.EQUAL);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.t_closeness",
          new Localized(
              "How far the sensitive values of a class lie from those of all samples, at most: t of t-closeness.",
              "等价类的敏感取值分布与总体分布的最大距离：t-接近性的 t。"),
          "Li, Li and Venkatasubramanian 2007",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, SENSITIVE, DISTANCE, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [zip], sensitive: pay, distance: ordered}",
                  "[{\"zip\": \"a\", \"pay\": 3}, {\"zip\": \"a\", \"pay\": 4},"
                      + " {\"zip\": \"b\", \"pay\": 4}, {\"zip\": \"b\", \"pay\": 5}]",
                  "{\"t_closeness(zip)\": 0.25}"),
              new Example(
                  "{fields: [zip], sensitive: ill}",
                  "[{\"zip\": \"a\", \"ill\": \"x\"}, {\"zip\": \"b\", \"ill\": \"y\"}]",
                  "{\"t_closeness(zip)\": 0.5}")),
          params ->
              new TCloseness(
                  params.get(ClassSizes.FIELDS),
                  params.get(SENSITIVE),
                  params.get(DISTANCE),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public TCloseness {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.ABOVE,
        "each sample of a class farther from all samples than the upper limit of the check",
        "所在类与总体的距离超过检查上限的每个样本");
  }

  @Override
  public List<String> beside() {
    return List.of(sensitive);
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    double[] values = values(state.table());
    Optional<Double> most =
        values.length == 0 ? Optional.empty() : Optional.of(Arrays.stream(values).max().orElse(0));
    return List.of(Metric.exact("t_closeness", fields, "", most, "fraction"));
  }

  @Override
  public double[] values(CombinationTable table) {
    int position = fields.size();
    long[] all = table.counts(position);
    double[] whole = dev.quern.privacy.anonymity.TCloseness.shares(all, Arrays.stream(all).sum());
    dev.quern.privacy.anonymity.TCloseness.Distance by =
        switch (distance) {
          case EQUAL -> new dev.quern.privacy.anonymity.TCloseness.Equal();
          case ORDERED ->
              new dev.quern.privacy.anonymity.TCloseness.Ordered(
                  SensitiveFields.order(table.domains()[position], List.of()));
        };
    return ClassSizes.spreads(table, fields.size()).stream()
        .mapToDouble(
            spread ->
                by.between(
                    dev.quern.privacy.anonymity.TCloseness.shares(
                        spread, Arrays.stream(spread).sum()),
                    whole))
        .toArray();
  }

  @Override
  public String wrong() {
    return "distant_class";
  }
}
