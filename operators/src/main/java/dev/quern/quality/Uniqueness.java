package dev.quern.quality;

import dev.quern.data.Schema;
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
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * uniqueness = values that occur exactly once / n, then distinctness = distinct values / n, both
 * fractions, with n = samples in which every named field has a value. Several fields count as one
 * combined value. Exact: values are told apart by 128-bit hashes, 24 bytes each.
 *
 * @param fields the fields taken together
 * @param where the condition for which samples are measured
 */
public record Uniqueness(List<String> fields, Optional<String> where) implements Analyzer<Hashes> {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("The fields taken together.", "合并考虑的字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.uniqueness",
          new Localized("The fraction of values that occur exactly once.", "只出现一次的值所占的比例。"),
          "Deequ, Uniqueness and Distinctness",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [id]}",
                  "[{\"id\": 1}, {\"id\": 2}, {\"id\": 2}, {\"id\": null}, {\"id\": 3}]",
                  "{\"uniqueness(id)\": 0.5, \"distinctness(id)\": 0.75}"),
              new Example(
                  "{fields: [a, b]}",
                  "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 1, \"b\": \"y\"}]",
                  "{\"uniqueness(a, b)\": 1.0, \"distinctness(a, b)\": 1.0}")),
          params -> new Uniqueness(params.get(FIELDS), params.find(Restriction.WHERE)));

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
    return List.of(
        Metric.proportion("uniqueness", fields, counts.once(), counts.total()),
        Metric.proportion("distinctness", fields, counts.distinct(), counts.total()));
  }

  @Override
  public Judging judging() {
    return Judging.failures("each sample whose value another has too", "与其他样本取值相同的每个样本");
  }

  @Override
  public Fit judged(Hashes state, Schema input, Limits limits) {
    return state.repeated();
  }

  /** Every sample whose value another has too fails; those that miss a field do not count. */
  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = FieldChoice.named(input, "fields", fields);
    return Hashes.judge(positions, fit, Finding.of(fields, "duplicate"));
  }
}
