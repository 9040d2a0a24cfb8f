package dev.quern.export;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Writing;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes the labels that are to be reviewed as tasks of Label Studio, the least credible first: a
 * JSON array. A task's data are the sample's id, its label, quality and fields; its prediction is
 * the suggested label with its confidence as score. Samples whose label is not to be reviewed, or
 * has been (label_reviewed), are left out. Needs label_quality, label_issue, suggested_label and
 * suggested_confidence of quality.label_errors. Holds the tasks of a file in memory.
 *
 * @param fields what reviewers see of a sample; absent: all but annotations and probabilities
 * @param label the label field; absent: the one with the role label
 * @param fromName the name of the choice in the labelling configuration
 * @param toName the name of what is labelled there
 */
public record LabelStudio(
    Optional<List<String>> fields, Optional<String> label, String fromName, String toName)
    implements Writer {
  private static final Param<List<String>> FIELDS =
      Param.texts(
              "fields",
              new Localized(
                  "What reviewers see of a sample; by default all fields but annotations and"
                      + " probabilities.",
                  "复核者可见的样本字段；默认为标注与概率以外的全部字段。"))
          .optional();

  private static final Param<String> LABEL =
      Param.text(
              "label",
              new Localized(
                  "The label field; by default the one with the role label.",
                  "标签字段；默认取带 label 角色的字段。"))
          .optional();

  private static final Param<String> FROM_NAME =
      Param.text(
              "from_name",
              new Localized(
                  "The name of the choice in the labelling configuration.", "标注配置中选项控件的名称。"))
          .or("label");

  private static final Param<String> TO_NAME =
      Param.text(
              "to_name",
              new Localized(
                  "The name of what is labelled in the labelling configuration.", "标注配置中被标注对象的名称。"))
          .or("sample");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "export.label_studio",
          new Localized(
              "Writes labels to review as tasks of Label Studio, the least credible first.",
              "把待复核的标签写为 Label Studio 任务，最不可信者在前。"),
          "Label Studio, JSON format of tasks with predictions",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, LABEL, FROM_NAME, TO_NAME),
          List.of(
              new Example(
                  "{label: y, fields: [x]}",
                  "[{\"x\": \"purrs\", \"y\": \"dog\", \"label_quality\": 0.1, \"label_issue\":"
                      + " \"low_margin\", \"suggested_label\": \"cat\","
                      + " \"suggested_confidence\": 0.8}]",
                  "[\n{\"data\":{\"sample_id\":\"49a909523145dbfacc6a179f75c7b3d0\",\"given_label\":\"dog\",\"label_quality\":0.1,\"label_issue\":\"low_margin\",\"x\":\"purrs\"},\"predictions\":[{\"model_version\":\"quality.label_errors\",\"score\":0.8,\"result\":[{\"from_name\":\"label\",\"to_name\":\"sample\",\"type\":\"choices\",\"value\":{\"choices\":[\"cat\"]}}]}]}\n]\n")),
          params ->
              new LabelStudio(
                  params.find(FIELDS),
                  params.find(LABEL),
                  params.get(FROM_NAME),
                  params.get(TO_NAME)));

  /** Where the parts of a task stand. */
  record Places(int label, int quality, int issue, int suggested, int confidence, int reviewed) {}

  @Override
  public void check(Schema input) {
    places(input);
    shown(input);
  }

  Places places(Schema input) {
    String name =
        label
            .or(() -> input.first(Role.LABEL).map(Field::name))
            .orElseThrow(
                () ->
                    new BindException(
                        "label",
                        "must name the label field; found: none, and no field has the role label"));
    return new Places(
        FieldChoice.position(input, "label", name),
        made(input, "label_quality"),
        made(input, "label_issue"),
        made(input, "suggested_label"),
        made(input, "suggested_confidence"),
        input.indexOf("label_reviewed"));
  }

  private static int made(Schema input, String name) {
    int position = input.indexOf(name);
    if (position < 0) {
      throw new BindException(
          "", "must have " + name + ", which quality.label_errors makes; found: none");
    }
    return position;
  }

  int[] shown(Schema input) {
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "any but bytes",
        field -> field.type().kind() != Type.Kind.BYTES,
        field -> !field.is(Role.ANNOTATION) && !field.is(Role.OUT_OF_SAMPLE));
  }

  @Override
  public Writing bind(Schema input) {
    return new ReviewTasks(this, input);
  }
}
