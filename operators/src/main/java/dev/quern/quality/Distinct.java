package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * distinct = the number of different values, missing values not counted. Several fields count as
 * one combined value. Exact: values are told apart by 128-bit hashes, 24 bytes each.
 *
 * @param fields the fields taken together
 * @param where the condition for which samples are measured
 */
public record Distinct(List<String> fields, Optional<String> where) implements Analyzer<Hashes> {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("The fields taken together.", "合并考虑的字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.distinct",
          new Localized("The number of different values.", "不同值的个数。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [a]}",
                  "[{\"a\": \"x\"}, {\"a\": \"y\"}, {\"a\": \"x\"}, {\"a\": null}]",
                  "{\"distinct(a)\": 2.0}")),
          params -> new Distinct(params.get(FIELDS), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none(
        "how many values there are is not the fault of one of them; distinctness and uniqueness tell which are repeated",
        "不同值的个数不能归咎于某个值；distinctness 与 uniqueness 会指出重复的样本");
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
    return List.of(
        Metric.exact(
            "distinct", fields, "", Optional.of((double) state.counts().distinct()), "values"));
  }
}
