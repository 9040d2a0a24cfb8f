package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.Param;
import dev.quern.privacy.anonymity.Combinations;
import java.util.List;
import java.util.Optional;

/**
 * What somebody finds who attacks the samples with what a dataset tells. Without that dataset the
 * metric has no value.
 */
interface AttackMetric extends ClassMetric {
  Param<String> KNOWN =
      Param.text(
          "known",
          new Localized(
              "The dataset version that holds what the attacker knows, NAME or NAME@VERSION.",
              "攻击者所知内容所在的数据集版本：NAME 或 NAME@VERSION。"));

  /** Returns the dataset version that holds what the attacker knows. */
  String known();

  /** Returns the metric's name. */
  String metric();

  @Override
  default boolean isAttack() {
    return true;
  }

  @Override
  default Judging judging() {
    return Judging.none("what an attacker knows decides on the risk", "风险由攻击者所知内容决定");
  }

  @Override
  default Optional<String> reference() {
    return Optional.of(known());
  }

  @Override
  default List<Metric> metrics(Combinations state, Schema input) {
    return List.of(Metric.exact(metric(), fields(), "", Optional.empty(), "fraction"));
  }
}
