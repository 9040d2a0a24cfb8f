package dev.quern.quality;

import dev.quern.data.Role;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Filter;
import dev.quern.operator.Judge;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Drops samples that miss a value as {@code missing}; measured = the number of the fields that are
 * missing. An empty text is a value; see {@link ParseMissing}.
 *
 * @param fields fields that must have a value; absent: all but the label
 */
public record DropMissing(Optional<List<String>> fields) implements Filter {
  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields that must have a value; all but the label by default.",
                  "必须有值的字段；默认为标签以外的全部字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.drop_missing",
          new Localized("Drops samples that miss a value.", "丢弃有缺失值的样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS),
          List.of(
              new Example(
                  "{fields: [a]}",
                  "[{\"a\": 1, \"b\": null}, {\"a\": null, \"b\": 2}]",
                  "[{\"a\": 1, \"b\": null}]"),
              new Example(
                  "{}",
                  "[{\"a\": 1, \"b\": null}, {\"a\": 3, \"b\": 2}]",
                  "[{\"a\": 3, \"b\": 2}]")),
          params -> new DropMissing(params.find(FIELDS)));

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public Judge bind(Schema input, StepRun run) {
    int[] positions = positions(input);
    return sample -> {
      int missing = missing(sample, positions);
      return missing == 0 ? Verdict.KEEP : Verdict.drop("missing", missing);
    };
  }

  private static int missing(Sample sample, int[] positions) {
    int missing = 0;
    for (int position : positions) {
      missing += sample.isNull(position) ? 1 : 0;
    }
    return missing;
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "any", field -> true, field -> !field.is(Role.LABEL));
  }
}
