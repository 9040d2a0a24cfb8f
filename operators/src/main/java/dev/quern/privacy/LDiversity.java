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
 * l_diversity = the l for which the samples are ℓ-diverse: the least, over classes of samples that
 * share the values of all fields, of the number of different sensitive values (distinct) or of e to
 * the power of their entropy (entropy). Missing is a value. Suppressed samples, all of whose fields
 * are {@code *}, are no class; without a class the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param sensitive the sensitive field
 * @param diversity how diversity is measured
 * @param where the condition for which samples are measured
 */
public record LDiversity(
    List<String> fields, String sensitive, Diversity diversity, Optional<String> where)
    implements JudgedClasses {

  /** How diversity is measured. */
  public enum Diversity {
    /** The number of different values. */
    DISTINCT,
    /** e to the power of their entropy in nats. */
    ENTROPY
  }

  private static final Param<String> SENSITIVE =
      Param.field("sensitive", new Localized("The sensitive field.", "敏感字段。"));

  private static final Param<Diversity> DIVERSITY =
      Param.choice(
              "diversity",
              Diversity.class,
              new Localized(
                  "distinct counts values, entropy weighs them by their frequency.",
                  "distinct 计取值数，entropy 按频率加权。"))
          .or(Diversity.DISTINCT);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.l_diversity",
          new Localized(
              "How many sensitive values each class holds, at least: l of l-diversity.",
              "每个等价类至少包含多少种敏感取值：l-多样性的 l。"),
          "Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam 2007",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, SENSITIVE, DIVERSITY, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [age, zip], sensitive: ill}",
                  "[{\"age\": \"30s\", \"zip\": \"816**\", \"ill\": \"a\"}, {\"age\": \"30s\", \"zip\": \"816**\", \"ill\": \"b\"}, {\"age\": \"60s\", \"zip\": \"819**\", \"ill\": \"a\"}, {\"age\": \"60s\", \"zip\": \"819**\", \"ill\": \"a\"}, {\"age\": \"60s\", \"zip\": \"819**\", \"ill\": \"c\"}, {\"age\": \"*\", \"zip\": \"*\", \"ill\": \"d\"}]",
                  "{\"l_diversity(age, zip)\": 2.0}"),
              new Example(
                  "{fields: [a], sensitive: s, diversity: entropy}",
                  "[{\"a\": 1, \"s\": \"x\"}, {\"a\": 1, \"s\": \"x\"}]",
                  "{\"l_diversity(a)\": 1.0}")),
          params ->
              new LDiversity(
                  params.get(ClassSizes.FIELDS),
                  params.get(SENSITIVE),
                  params.get(DIVERSITY),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public LDiversity {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.BELOW,
        "each sample of a class less diverse than the lower limit of the check",
        "所在类的多样性低于检查下限的每个样本");
  }

  @Override
  public List<String> beside() {
    return List.of(sensitive);
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    double[] values = values(state.table());
    Optional<Double> least =
        values.length == 0 ? Optional.empty() : Optional.of(Arrays.stream(values).min().orElse(0));
    return List.of(Metric.exact("l_diversity", fields, "", least, "values"));
  }

  @Override
  public double[] values(CombinationTable table) {
    return ClassSizes.spreads(table, fields.size()).stream()
        .mapToDouble(
            spread ->
                switch (diversity) {
                  case DISTINCT -> dev.quern.privacy.anonymity.LDiversity.distinct(spread);
                  case ENTROPY ->
                      Math.exp(
                          dev.quern.privacy.anonymity.LDiversity.entropy(
                              spread, Arrays.stream(spread).sum()));
                })
        .toArray();
  }

  @Override
  public String wrong() {
    return "uniform_class";
  }
}
