package dev.quern.privacy;

import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.PopulationRisk;
import java.util.List;
import java.util.Optional;

/**
 * marketer_risk = (1/n) Σ over classes of samples / people of the population who share the values
 * of all fields: the fraction of the n samples that somebody matches to the right person who
 * matches all of them to the population. A class is taken to have at least as many people as
 * samples. Suppressed samples, all of whose fields are {@code *}, are no class; without a class or
 * a population the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param population the dataset version that holds the population
 * @param where the condition for which samples are measured
 */
public record MarketerRisk(List<String> fields, String population, Optional<String> where)
    implements PopulationMetric {
  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.marketer_risk",
          new Localized(
              "The fraction of samples that are matched to the right person when all are matched to a population.",
              "把全部样本与总体匹配时预期被正确对应的样本比例。"),
          "El Emam and Dankar 2008; Dankar and El Emam 2010",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, POPULATION, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [zip], population: people}",
                  "[[{\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"b\"}], [{\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"b\"}, {\"zip\": \"b\"}, {\"zip\": \"c\"}]]",
                  "{\"marketer_risk(zip)\": 0.3333333333333333}")),
          params ->
              new MarketerRisk(
                  params.get(ClassSizes.FIELDS),
                  params.get(POPULATION),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public MarketerRisk {
    fields = List.copyOf(fields);
  }

  @Override
  public String metric() {
    return "marketer_risk";
  }

  @Override
  public double value(PopulationRisk people) {
    return people.average();
  }
}
