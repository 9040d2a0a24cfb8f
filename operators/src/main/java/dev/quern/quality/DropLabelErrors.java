package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Filter;
import dev.quern.operator.Judge;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.util.List;

/**
 * Drops samples whose label is to be reviewed, as {@code label_error}; measured = label_quality.
 * Stands behind quality.label_errors, whose label_issue and label_quality it reads. A sample that
 * was not judged stays.
 *
 * @param maxQuality largest label_quality that is dropped, inclusive, in [0, 1]
 */
public record DropLabelErrors(double maxQuality) implements Filter {
  private static final Param<Double> MAX_QUALITY =
      Param.fraction(
              "max_quality",
              new Localized(
                  "Largest label_quality that is dropped; by default every label to be reviewed"
                      + " is.",
                  "被丢弃样本的 label_quality 上限；默认丢弃所有需要复核的标签。"))
          .or(1.0);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.drop_label_errors",
          new Localized(
              "Drops samples whose label quality.label_errors wants to be reviewed.",
              "丢弃被 quality.label_errors 判定需复核标签的样本。"),
          "Northcutt, Jiang and Chuang 2021, JAIR 70",
          1,
          Serving.TRAINING_ONLY,
          List.of(MAX_QUALITY),
          List.of(
              new Example(
                  "{max_quality: 0.3}",
                  "[{\"label_quality\": 0.1, \"label_issue\": \"low_margin\"}, {\"label_quality\":"
                      + " 0.4, \"label_issue\": \"low_margin\"}, {\"label_quality\": 0.2,"
                      + " \"label_issue\": null}]",
                  "[{\"label_quality\": 0.4, \"label_issue\": \"low_margin\"}, {\"label_quality\":"
                      + " 0.2, \"label_issue\": null}]")),
          params -> new DropLabelErrors(params.get(MAX_QUALITY)));

  @Override
  public void check(Schema input) {
    position(input, LabelErrors.QUALITY, Type.DOUBLE);
    position(input, LabelErrors.ISSUE, Type.TEXT);
  }

  /** Returns the position of a field that quality.label_errors makes. */
  static int position(Schema input, String name, Type type) {
    int position = input.indexOf(name);
    if (position < 0 || !input.field(position).type().equals(type)) {
      throw new BindException(
          "",
          "must stand behind quality.label_errors, which makes "
              + name
              + ", "
              + type
              + "; found: "
              + input.field(name).map(Field::type).map(Type::toString).orElse("none"));
    }
    return position;
  }

  @Override
  public Judge bind(Schema input, StepRun run) {
    int quality = position(input, LabelErrors.QUALITY, Type.DOUBLE);
    int issue = position(input, LabelErrors.ISSUE, Type.TEXT);
    return new Judge() {
      @Override
      public Verdict judge(Sample sample) {
        if (sample.isNull(issue) || sample.isNull(quality)) {
          return Verdict.KEEP;
        }
        double measured = sample.doubleAt(quality);
        return measured <= maxQuality ? Verdict.drop("label_error", measured) : Verdict.KEEP;
      }
    };
  }
}
