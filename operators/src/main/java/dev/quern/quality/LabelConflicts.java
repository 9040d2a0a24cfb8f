package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Counts samples whose label differs from that of another sample with equal inputs.
 *
 * <p>label_conflicts = samples in groups of equal inputs that hold more than one label;
 * [consistency] = samples with the most frequent label of their group / all samples in groups of
 * two and more, a fraction; [groups] = groups that hold more than one label. Inputs are equal as
 * for quality.drop_duplicates. Samples without a label are not counted. About 100 bytes of memory
 * per distinct input.
 *
 * @param label the label field; absent: the one with the role label
 * @param fields the inputs; absent: all but label, annotations, out-of-sample probabilities
 */
public record LabelConflicts(Optional<String> label, Optional<List<String>> fields)
    implements Analyzer<InputLabels> {
  static final Param<String> LABEL =
      Param.field(
              "label",
              new Localized(
                  "The label field; by default the one with the role label.",
                  "标签字段；默认取带 label 角色的字段。"))
          .optional();

  static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "The inputs that are compared; by default all fields but the label, annotations"
                      + " and out-of-sample probabilities.",
                  "用于比较的输入字段；默认为标签、标注与样本外概率以外的全部字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.label_conflicts",
          new Localized(
              "Counts samples with equal inputs and different labels.", "统计输入相同而标签不同的样本数。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(LABEL, FIELDS),
          List.of(
              new Example(
                  "{label: y}",
                  "[{\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": \"a\"}, {\"x\": 1, \"y\": \"b\"},"
                      + " {\"x\": 2, \"y\": \"a\"}, {\"x\": 3, \"y\": \"b\"}, {\"x\": 3, \"y\":"
                      + " \"b\"}]",
                  "{\"label_conflicts(y)\": 3.0, \"label_conflicts(y)[consistency]\": 0.8,"
                      + " \"label_conflicts(y)[groups]\": 1.0}")),
          params -> new LabelConflicts(params.find(LABEL), params.find(FIELDS)));

  @Override
  public Judging judging() {
    return Judging.counted("each sample whose inputs occur with several labels", "输入相同而标签不一的每个样本");
  }

  @Override
  public void check(Schema input) {
    inputs(input, label, fields);
  }

  /** Returns the positions of the inputs. */
  static int[] inputs(Schema input, Optional<String> label, Optional<List<String>> fields) {
    String given = input.field(Relabel.labelPosition(input, label)).name();
    return FieldChoice.orAll(
        input,
        "fields",
        fields,
        "not the label",
        field -> !field.name().equals(given),
        field -> isInput(field));
  }

  private static boolean isInput(Field field) {
    return !field.is(Role.ANNOTATION) && !field.is(Role.OUT_OF_SAMPLE);
  }

  @Override
  public InputLabels zero(Schema input, StepRun run) {
    return new InputLabels(Relabel.labelPosition(input, label), inputs(input, label, fields));
  }

  @Override
  public InputLabels read(DataInput in, Schema input, StepRun run) throws IOException {
    InputLabels state = zero(input, run);
    state.readState(in);
    return state;
  }

  @Override
  public List<Metric> metrics(InputLabels state, Schema input) {
    List<String> names = List.of(input.field(Relabel.labelPosition(input, label)).name());
    InputLabels.Conflicts found = state.conflicts();
    Metric consistency =
        Metric.proportion("label_conflicts", names, found.majority(), found.repeated());
    return List.of(
        Metric.exact(
            "label_conflicts", names, "", Optional.of((double) found.samples()), "samples"),
        new Metric(
            consistency.name(),
            names,
            "consistency",
            consistency.value(),
            consistency.numerator(),
            consistency.denominator(),
            consistency.basis(),
            consistency.unit(),
            consistency.precision()),
        Metric.exact(
            "label_conflicts", names, "groups", Optional.of((double) found.groups()), "groups"));
  }

  @Override
  public Fit judged(InputLabels state, Schema input, Limits limits) {
    return KnownHashes.fit(state.conflicting());
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return zero(input, run).judge(KnownHashes.read(fit), input);
  }
}
