package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Risk;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * k_anonymity = samples of the smallest class, the samples that share the values of all fields: the
 * k for which they are k-anonymous. Missing is a value. Suppressed samples, all of whose fields are
 * {@code *}, are no class; without a class the metric has no value. Further parts: the number of
 * classes and the fraction of samples that are suppressed.
 *
 * @param fields the quasi-identifiers
 * @param where the condition for which samples are measured
 */
public record KAnonymity(List<String> fields, Optional<String> where)
    implements Analyzer<Combinations> {

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
  public void check(Schema input) {
    ClassSizes.positions(input, fields, List.of());
  }

  @Override
  public Combinations zero(Schema input, StepRun run) {
    return new Combinations(ClassSizes.positions(input, fields, List.of()));
  }

  @Override
  public Combinations read(DataInput in, Schema input, StepRun run) throws IOException {
    return Combinations.read(in, ClassSizes.positions(input, fields, List.of()));
  }

  @Override
  public List<Metric> metrics(Combinations state, Schema input) {
    CombinationTable table = state.table();
    CombinationTable classes = ClassSizes.classes(table, fields.size());
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
  public Fit judged(Combinations state, Schema input, Limits limits) {
    CombinationTable classes = ClassSizes.classes(state.table(), fields.size());
    return ClassSizes.failing(classes, one -> limits.isAbove(classes.counts()[one]));
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return ClassSizes.judge(
        ClassSizes.positions(input, fields, List.of()), fit, Finding.of(fields, "small_class"));
  }
}
