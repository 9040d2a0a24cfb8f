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
 * journalist_risk = the greatest, over samples, of 1 / people of the population who share the
 * sample's values of all fields: how likely somebody who does not know whether a person is among
 * the samples finds the right person, at most. The average over samples is {@link MarketerRisk}. A
 * class is taken to have at least as many people as samples. Suppressed samples, all of whose
 * fields are {@code *}, are no class; without a class or a population the metric has no value.
 *
 * @param fields the quasi-identifiers
 * @param population the dataset version that holds the population
 * @param where the condition for which samples are measured
 */
public record JournalistRisk(List<String> fields, String population, Optional<String> where)
    implements PopulationMetric {
  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.journalist_risk",
          new Localized(
              "How likely a sample is matched to the right person of a population, at most.",
              "样本被正确对应到总体中某人的最大可能性。"),
          "El Emam and Dankar 2008; Dankar and El Emam 2010",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, POPULATION, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [zip], population: people}",
                  "[[{\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"b\"}], [{\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"a\"}, {\"zip\": \"b\"}, {\"zip\": \"b\"}, {\"zip\": \"c\"}]]",
                  "{\"journalist_risk(zip)\": 0.5}")),
          params ->
              new JournalistRisk(
                  params.get(ClassSizes.FIELDS),
                  params.get(POPULATION),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public JournalistRisk {
    fields = List.copyOf(fields);
  }

  @Override
  public String metric() {
    return "journalist_risk";
  }

  @Override
  public double value(PopulationRisk people) {
    return people.highest();
  }
}
