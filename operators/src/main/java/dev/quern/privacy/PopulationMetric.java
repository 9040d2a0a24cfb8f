package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.Param;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.PopulationRisk;
import java.util.List;
import java.util.Optional;

/**
 * A metric of samples in a population. A class is taken to have at least as many people as samples;
 * without a class or a population the metric has no value.
 */
interface PopulationMetric extends ClassMetric {
  Param<String> POPULATION =
      Param.text(
          "population",
          new Localized(
              "The dataset version that holds the population, NAME or NAME@VERSION.",
              "总体所在的数据集版本：NAME 或 NAME@VERSION。"));

  /** Returns the dataset version that holds the population. */
  String population();

  /** Returns the metric's name. */
  String metric();

  /** Returns the metric's value, a fraction. */
  double value(PopulationRisk people);

  @Override
  default Judging judging() {
    return Judging.none(
        "a population's people, not the samples, decide on the risk", "风险由总体中的人数决定");
  }

  @Override
  default Optional<String> reference() {
    return Optional.of(population());
  }

  @Override
  default List<Metric> metrics(Combinations state, Schema input) {
    return List.of(Metric.exact(metric(), fields(), "", Optional.empty(), "fraction"));
  }

  @Override
  default List<Metric> metrics(
      Combinations state, Schema input, Combinations reference, Schema referenceInput) {
    PopulationRisk people = PopulationRisk.of(classes(state), classes(reference));
    return people.samples() == 0
        ? metrics(state, input)
        : List.of(Metric.exact(metric(), fields(), "", Optional.of(value(people)), "fraction"));
  }
}
