package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Risk;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * prosecutor_risk = 1 / samples of the smallest class: how likely somebody who knows that a person
 * is among the samples, and the person's values of all fields, finds the person's sample, at most.
 * Parts: the average over samples, classes / samples, and uniqueness, the fraction of samples alone
 * in their class. Suppressed samples, all of whose fields are {@code *}, are no class; without a
 * class the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param where the condition for which samples are measured
 */
public record ProsecutorRisk(List<String> fields, Optional<String> where) implements JudgedClasses {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.prosecutor_risk",
          new Localized(
              "How likely a person known to be among the samples is found again, at most and on average.",
              "已知某人在样本中时其样本被重新识别的最大与平均可能性。"),
          "El Emam and Dankar 2008; ARX, prosecutor attacker model",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [age, zip]}",
                  "[{\"age\": \"30s\", \"zip\": \"816**\"}, {\"age\": \"30s\", \"zip\": \"816**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"*\", \"zip\": \"*\"}]",
                  "{\"prosecutor_risk(age, zip)\": 0.5, \"prosecutor_risk(age, zip)[average]\": 0.4, \"prosecutor_risk(age, zip)[uniqueness]\": 0.0}")),
          params ->
              new ProsecutorRisk(params.get(ClassSizes.FIELDS), params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public ProsecutorRisk {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.ABOVE,
        "each sample whose own risk is above the upper limit of the check",
        "自身风险高于检查上限的每个样本");
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    Risk risk = Risk.of(classes(state).counts());
    Optional<Double> highest = risk.classes() == 0 ? Optional.empty() : Optional.of(risk.highest());
    return List.of(
        Metric.exact("prosecutor_risk", fields, "", highest, "fraction"),
        Metric.proportion("prosecutor_risk", fields, risk.classes(), risk.samples())
            .part("average"),
        Metric.proportion("prosecutor_risk", fields, risk.unique(), risk.samples())
            .part("uniqueness"));
  }

  @Override
  public String wrong() {
    return "high_risk";
  }

  @Override
  public double[] values(CombinationTable table) {
    long[] sizes = ClassSizes.classes(table, fields.size()).counts();
    return LongStream.of(sizes).mapToDouble(size -> 1.0 / size).toArray();
  }
}
