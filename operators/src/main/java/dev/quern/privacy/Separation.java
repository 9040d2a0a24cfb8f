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
import java.util.List;
import java.util.Optional;

/**
 * separation = pairs of samples that differ in a field / all pairs, a fraction: how well the fields
 * tell samples apart. Missing is a value. Suppressed samples, all of whose fields are {@code *}, do
 * not count; without two samples the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param where the condition for which samples are measured
 */
public record Separation(List<String> fields, Optional<String> where) implements ClassMetric {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.separation",
          new Localized(
              "The fraction of pairs of samples that differ in one of the fields.",
              "在这些字段上有差异的样本对所占的比例。"),
          "Motwani and Xu 2007, Efficient Algorithms for Masking and Finding Quasi-Identifiers",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [sex]}",
                  "[{\"age\": 20, \"sex\": \"F\"}, {\"age\": 30, \"sex\": \"F\"}, {\"age\": 40, \"sex\": \"F\"}, {\"age\": 20, \"sex\": \"M\"}, {\"age\": 40, \"sex\": \"M\"}]",
                  "{\"separation(sex)\": 0.6}"),
              new Example(
                  "{fields: [age, sex]}",
                  "[{\"age\": 20, \"sex\": \"F\"}, {\"age\": 30, \"sex\": \"F\"}, {\"age\": 40, \"sex\": \"F\"}, {\"age\": 20, \"sex\": \"M\"}, {\"age\": 40, \"sex\": \"M\"}]",
                  "{\"separation(age, sex)\": 1.0}")),
          params -> new Separation(params.get(ClassSizes.FIELDS), params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public Separation {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.none("pairs, not samples, are counted", "计数对象是样本对而非样本");
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    double equal = 0;
    double samples = 0;
    for (long size : classes(state).counts()) {
      equal += size * (size - 1.0) / 2;
      samples += size;
    }
    double pairs = samples * (samples - 1) / 2;
    return List.of(Metric.proportion("separation", fields, pairs - equal, pairs));
  }
}
