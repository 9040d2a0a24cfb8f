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
 * k_anonymity = samples of the smallest class, the samples that share the values of all fields: the
 * k for which they are k-anonymous. Missing is a value. Suppressed samples, all of whose fields are
 * {@code *}, are no class; without a class the metric has no value. Further parts: the number of
 * classes and the fraction of samples that are suppressed.
 *
 * @param fields the quasi-identifiers
 * @param where the condition for which samples are measured
 */
public record KAnonymity(List<String> fields, Optional<String> where) implements JudgedClasses {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.k_anonymity",
          new Localized(
              "How many samples share the values of the fields, at least: k of k-anonymity.",
              "至少有多少样本共享这些字段的取值：k-匿名的 k。"),
          "Samarati and Sweeney 1998",
          1,
          Serving.TRAINING_ONLY,
          List.of(ClassSizes.FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [age, zip]}",
                  "[{\"age\": \"30s\", \"zip\": \"816**\"}, {\"age\": \"30s\", \"zip\": \"816**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"60s\", \"zip\": \"819**\"}, {\"age\": \"*\", \"zip\": \"*\"}]",
                  "{\"k_anonymity(age, zip)\": 2.0, \"k_anonymity(age, zip)[classes]\": 2.0, \"k_anonymity(age, zip)[suppressed]\": 0.16666666666666666}")),
          params -> new KAnonymity(params.get(ClassSizes.FIELDS), params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public KAnonymity {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.BELOW,
        "each sample of a class smaller than the lower limit of the check",
        "所在类小于检查下限的每个样本");
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    CombinationTable table = state.table();
    CombinationTable classes = classes(state);
    Risk risk = Risk.of(classes.counts());
    Optional<Double> smallest =
        risk.classes() == 0 ? Optional.empty() : Optional.of((double) risk.smallest());
    Optional<Double> count = Optional.of((double) risk.classes());
    double suppressed = (double) (table.samples() - risk.samples());
    return List.of(
        Metric.exact("k_anonymity", fields, "", smallest, "samples"),
        Metric.exact("k_anonymity", fields, "classes", count, "classes"),
        Metric.proportion("k_anonymity", fields, suppressed, table.samples()).part("suppressed"));
  }

  @Override
  public String wrong() {
    return "small_class";
  }

  @Override
  public double[] values(CombinationTable table) {
    long[] sizes = ClassSizes.classes(table, fields.size()).counts();
    return LongStream.of(sizes).mapToDouble(size -> (double) size).toArray();
  }
}
