package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Risk;
import java.util.List;
import java.util.Optional;

/**
 * distinction = different combinations of the values of all fields / samples, a fraction: how well
 * the fields tell samples apart. Missing is a value. Suppressed samples, all of whose fields are
 * {@code *}, do not count.
 *
 * @param fields the quasi-identifiers
 * @param where the condition for which samples are measured
 */
public record Distinction(List<String> fields, Optional<String> where) implements ClassMetric {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.distinction",
          new Localized(
              "The fraction of samples that the fields tell apart: different combinations / samples.",
              "这些字段可区分的样本比例：不同组合数 / 样本数。"),
          "Motwani and Xu 2007, Efficient Algorithms for Masking and Finding Quasi-Identifiers",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [age]}",
                  "[{\"age\": 20, \"sex\": \"F\"}, {\"age\": 30, \"sex\": \"F\"}, {\"age\": 40, \"sex\": \"F\"}, {\"age\": 20, \"sex\": \"M\"}, {\"age\": 40, \"sex\": \"M\"}]",
                  "{\"distinction(age)\": 0.6}"),
              new Example(
                  "{fields: [age, sex]}",
                  "[{\"age\": 20, \"sex\": \"F\"}, {\"age\": 30, \"sex\": \"F\"}, {\"age\": 40, \"sex\": \"F\"}, {\"age\": 20, \"sex\": \"M\"}, {\"age\": 40, \"sex\": \"M\"}]",
                  "{\"distinction(age, sex)\": 1.0}")),
          params -> new Distinction(params.get(ClassSizes.FIELDS), params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public Distinction {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.none("combinations, not samples, are counted", "计数对象是组合而非样本");
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    Risk risk = Risk.of(classes(state).counts());
    return List.of(Metric.proportion("distinction", fields, risk.classes(), risk.samples()));
  }
}
