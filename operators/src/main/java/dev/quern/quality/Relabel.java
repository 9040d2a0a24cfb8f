package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;

/**
 * Puts the suggested label in place of the given one where its confidence reaches a declared value.
 * Stands behind quality.label_errors, whose suggested_label and suggested_confidence it reads and
 * leaves as they are. About half of the labels that are to be reviewed are right: labels that
 * people have looked at come in by combine.review instead.
 *
 * @param label the label field; absent: the one with the role label
 * @param minConfidence smallest confidence of a suggestion that is followed, in [0, 1]
 */
public record Relabel(Optional<String> label, double minConfidence) implements Mapper {
  private static final Param<String> LABEL =
      Param.field(
              "label",
              new Localized(
                  "The label field; by default the one with the role label.",
                  "标签字段；默认取带 label 角色的字段。"))
          .optional();

  private static final Param<Double> MIN_CONFIDENCE =
      Param.fraction(
          "min_confidence",
          new Localized(
              "Smallest confidence of a suggestion that is followed; there is no default.",
              "采纳建议标签所需的最低置信度；没有默认值。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.relabel",
          new Localized(
              "Follows suggested labels whose confidence reaches a declared value.",
              "采纳置信度达到所声明数值的建议标签。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(LABEL, MIN_CONFIDENCE),
          List.of(
              new Example(
                  "{label: y, min_confidence: 0.99}",
                  "[{\"y\": \"a\", \"suggested_label\": \"b\", \"suggested_confidence\": 0.995},"
                      + " {\"y\": \"a\", \"suggested_label\": \"b\", \"suggested_confidence\":"
                      + " 0.7}, {\"y\": \"a\", \"suggested_label\": null,"
                      + " \"suggested_confidence\": null}]",
                  "[{\"y\": \"b\", \"suggested_label\": \"b\", \"suggested_confidence\": 0.995},"
                      + " {\"y\": \"a\", \"suggested_label\": \"b\", \"suggested_confidence\":"
                      + " 0.7}, {\"y\": \"a\", \"suggested_label\": null,"
                      + " \"suggested_confidence\": null}]")),
          params -> new Relabel(params.find(LABEL), params.get(MIN_CONFIDENCE)));

  @Override
  public Schema output(Schema input) {
    Field field = input.field(labelPosition(input, label));
    DropLabelErrors.position(input, LabelErrors.SUGGESTED, field.type());
    DropLabelErrors.position(input, LabelErrors.CONFIDENCE, Type.DOUBLE);
    return input;
  }

  /** Returns the position of the label field. */
  static int labelPosition(Schema input, Optional<String> label) {
    String name =
        label
            .or(() -> input.first(Role.LABEL).map(Field::name))
            .orElseThrow(
                () ->
                    new BindException(
                        "label",
                        "must name the label field; found: none, and no field has the role label"));
    return FieldChoice.named(
        input, "label", List.of(name), "text, long or bool", f -> ClassNames.fits(f.type()))[0];
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new Following(
        labelPosition(input, label),
        input.indexOf(LabelErrors.SUGGESTED),
        input.indexOf(LabelErrors.CONFIDENCE));
  }

  private final class Following implements Mapping {
    private final int label;
    private final int suggested;
    private final int confidence;

    Following(int label, int suggested, int confidence) {
      this.label = label;
      this.suggested = suggested;
      this.confidence = confidence;
    }

    @Override
    public void map(Batch batch, Outcome out) {
      boolean any = false;
      for (int i = 0; i < batch.count() && !any; i++) {
        any = isFollowed(batch, batch.row(i));
      }
      if (!any) {
        out.keep(batch);
        return;
      }
      Column before = batch.column(label);
      ColumnBuilder after = ColumnBuilder.of(before.type());
      for (int row = 0; row < batch.rows(); row++) {
        after.append(isFollowed(batch, row) ? batch.column(suggested) : before, row);
      }
      tell(batch, out);
      out.keep(batch.with(batch.schema().field(label), after.build()));
    }

    private void tell(Batch batch, Outcome out) {
      String field = batch.schema().field(label).name();
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (isFollowed(batch, row)) {
          double sure = batch.column(confidence).doubleAt(row);
          Object value = batch.column(suggested).valueAt(row);
          out.change(batch, row, field, "suggested_label", sure, value);
        }
      }
    }

    private boolean isFollowed(Batch batch, int row) {
      return !batch.column(suggested).isNull(row)
          && !batch.column(confidence).isNull(row)
          && batch.column(confidence).doubleAt(row) >= minConfidence;
    }
  }
}
