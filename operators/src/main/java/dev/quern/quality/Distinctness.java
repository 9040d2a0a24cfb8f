package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.engine.ChangedCells;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.SecondLook;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * distinctness = distinct values / n, a fraction, with n = samples in which every named field has a
 * value; 1 − distinctness is the fraction that repeats an earlier value. Several fields count as
 * one combined value. Exact: values are told apart by 128-bit hashes, 24 bytes each.
 *
 * @param fields the fields taken together
 * @param where the condition for which samples are measured
 */
public record Distinctness(List<String> fields, Optional<String> where)
    implements Analyzer<Hashes> {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("The fields taken together.", "合并考虑的字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.distinctness",
          new Localized("The fraction of values that are distinct.", "不同值占全部值的比例。"),
          "Deequ, Distinctness",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [id]}",
                  "[{\"id\": 1}, {\"id\": 2}, {\"id\": 2}, {\"id\": null}, {\"id\": 3}]",
                  "{\"distinctness(id)\": 0.75}")),
          params -> new Distinctness(params.get(FIELDS), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.failures("each sample whose value an earlier one has", "取值与更早样本相同的每个样本");
  }

  @Override
  public void check(Schema input) {
    FieldChoice.named(input, "fields", fields);
  }

  @Override
  public Hashes zero(Schema input, StepRun run) {
    return new Hashes(FieldChoice.named(input, "fields", fields));
  }

  @Override
  public Hashes read(DataInput in, Schema input, StepRun run) throws IOException {
    return Hashes.read(in, FieldChoice.named(input, "fields", fields));
  }

  @Override
  public List<Metric> metrics(Hashes state, Schema input) {
    HashCounts counts = state.counts();
    return List.of(Metric.proportion("distinctness", fields, counts.distinct(), counts.total()));
  }

  @Override
  public Fit judged(Hashes state, Schema input, Limits limits) {
    return state.repeated();
  }

  /** Which sample is the first of its value must be known of repeated values alone. */
  @Override
  public Optional<SecondLook<?>> secondLook(Schema input, Fit fit, ChangedCells told) {
    HashCounts repeated = KnownHashes.read(fit);
    return repeated.distinct() == 0
        ? Optional.empty()
        : Optional.of(FirstOccurrences.look(FieldChoice.named(input, "fields", fields), repeated));
  }

  /** Every sample but the first of its value fails; those that miss a field do not count. */
  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = FieldChoice.named(input, "fields", fields);
    return FirstOccurrences.judge(positions, fit, Finding.of(fields, "repeated"));
  }
}
