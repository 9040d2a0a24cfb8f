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
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Risk;
import java.util.List;
import java.util.Optional;

/**
 * population_uniqueness = the estimated fraction of the people of a population who are unique by
 * all fields, of whom the samples are a random part: the rule of Dankar, El Emam, Neisa and Roffey
 * (2012), which chooses among the models of Pitman, Zayatz and the slide negative binomial by the
 * sampled fraction. An estimate, not a bound. Suppressed samples, all of whose fields are {@code
 * *}, are no class; without a class the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param fraction of the population that is among the samples, in (0, 1]
 * @param where the condition for which samples are measured
 */
public record PopulationUniqueness(List<String> fields, double fraction, Optional<String> where)
    implements ClassMetric {
  private static final Param<Double> FRACTION =
      Param.fraction(
              "fraction",
              new Localized("Fraction of the population that is among the samples.", "样本占总体的比例。"))
          .where("a number in (0, 1]", fraction -> fraction > 0);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.population_uniqueness",
          new Localized(
              "The estimated fraction of a population that is unique by the fields.",
              "估计总体中凭这些字段即唯一的比例。"),
          "Dankar, El Emam, Neisa and Roffey 2012; Hoshino 2001; Zayatz 1991; Chen and McNulty 1998",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, FRACTION, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [a], fraction: 1.0}",
                  "[{\"a\": 1}, {\"a\": 2}, {\"a\": 2}, {\"a\": 3}]",
                  "{\"population_uniqueness(a)\": 0.5}")),
          params ->
              new PopulationUniqueness(
                  params.get(ClassSizes.FIELDS),
                  params.get(FRACTION),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public PopulationUniqueness {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.none("it is an estimate about people who are no samples", "这是对样本之外的人的估计");
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    long[] sizes = classes(state).counts();
    double estimate =
        new dev.quern.privacy.anonymity.PopulationUniqueness(sizes, fraction).dankar();
    long samples = Risk.of(sizes).samples();
    return List.of(
        new Metric(
            "population_uniqueness",
            fields,
            "",
            samples == 0 ? Optional.empty() : Optional.of(estimate),
            samples * estimate,
            samples,
            Metric.Basis.MODEL,
            "fraction",
            Metric.Precision.ESTIMATED));
  }
}
