package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.label.Collisions;
import dev.quern.label.LabelIssues;
import dev.quern.label.LabelScore;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds labels that are to be reviewed: confident learning over out-of-sample probabilities.
 *
 * <p>t_k is the mean probability of class k over the samples labelled k; a sample is confidently of
 * class j where p_j ≥ t_j − 1e-6. The counts of (label, confident class) make the joint of given
 * and true labels; from it follows which labels are issues, see {@link LabelIssues}. Probabilities
 * are divided by their sum first.
 *
 * <p>Adds label_quality (see {@link LabelScore}), label_issue (why the label is to be reviewed;
 * missing where it is not), suggested_label and suggested_confidence (the most probable class and
 * its probability, where the label is to be reviewed). About half of the labels found are errors:
 * nothing is changed or dropped here. A sample without a label or without probabilities is not
 * judged; one whose probabilities are none, or not one for each class, goes to quarantine as {@code
 * not_probabilities}, one with a label that is no declared class as {@code unknown_class}.
 *
 * <p>Learns in two to four rounds; 24 bytes of memory for each label that is pruned by rank.
 *
 * @param label the label field; absent: the one with the role label
 * @param probabilities one field that lists them, or one field per class
 * @param classes in the order of the probabilities; absent: those of train, in ascending order
 * @param declared whether the recipe says that the probabilities are out of sample
 * @param by how labels are called issues
 * @param rankBy what label_quality is
 * @param collisions which class counts where a sample is confident of several
 */
public record LabelErrors(
    Optional<String> label,
    List<String> probabilities,
    Optional<List<String>> classes,
    boolean declared,
    LabelIssues by,
    LabelScore rankBy,
    Collisions collisions)
    implements Fitter<LabelRounds> {
  static final String QUALITY = "label_quality";
  static final String ISSUE = "label_issue";
  static final String SUGGESTED = "suggested_label";
  static final String CONFIDENCE = "suggested_confidence";

  /** What a recipe can say of probabilities. */
  public enum Origin {
    OUT_OF_SAMPLE
  }

  static final Param<String> LABEL =
      Param.field(
              "label",
              new Localized(
                  "The label field; by default the one with the role label.",
                  "标签字段；默认取带 label 角色的字段。"))
          .optional();

  static final Param<List<String>> PROBABILITIES =
      Param.fields(
          "probabilities",
          new Localized(
              "The field with the list of each sample's class probabilities, or one field per"
                  + " class.",
              "存放每个样本各类别概率列表的字段，或每个类别一个字段。"));

  static final Param<List<String>> CLASSES =
      Param.texts(
              "classes",
              new Localized(
                  "The classes in the order of the probabilities; by default those of the label, in"
                      + " ascending order.",
                  "与概率顺序一致的类别；默认为标签的全部取值，按升序排列。"))
          .optional();

  static final Param<Origin> ARE =
      Param.choice(
              "probabilities_are",
              Origin.class,
              new Localized(
                  "The word that the probabilities were made by models that have not seen the"
                      + " samples; those of quality.out_of_fold need none.",
                  "声明概率由未见过这些样本的模型给出；quality.out_of_fold 的结果无需声明。"))
          .optional();

  private static final Param<LabelIssues> BY =
      Param.choice(
              "find_by",
              LabelIssues.class,
              new Localized("How labels are called issues.", "如何判定标签可疑。"))
          .or(LabelIssues.CONFIDENT_LEARNING);

  private static final Param<LabelScore> RANK_BY =
      Param.choice(
              "rank_by",
              LabelScore.class,
              new Localized("What label_quality is.", "label_quality 的含义。"))
          .or(LabelScore.NORMALIZED_MARGIN);

  static final Param<Collisions> COLLISIONS =
      Param.choice(
              "collisions",
              Collisions.class,
              new Localized(
                  "Which class counts where a sample is confident of several: the most probable of"
                      + " all (compatible with cleanlab) or of those (correct).",
                  "样本对多个类别都有把握时计入哪一类：全部类别中概率最大者（compatible，与 cleanlab"
                      + " 一致），或这些类别中概率最大者（correct）。"))
          .or(Collisions.COMPATIBLE);

  private static final String FOUR =
      "[{\"y\": \"a\", \"p\": [0.9, 0.1]}, {\"y\": \"a\", \"p\": [0.8, 0.2]}, {\"y\": \"b\", \"p\":"
          + " [0.95, 0.05]}, {\"y\": \"b\", \"p\": [0.1, 0.9]}]";

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.label_errors",
          new Localized(
              "Finds labels to review, by confident learning over out-of-sample probabilities.",
              "基于样本外概率，用置信学习找出需要复核的标签。"),
          "Northcutt, Jiang and Chuang 2021, JAIR 70; cleanlab 2.9.0",
          1,
          Serving.TRAINING_ONLY,
          List.of(LABEL, PROBABILITIES, CLASSES, ARE, BY, RANK_BY, COLLISIONS),
          List.of(
              new Example(
                  "{label: y, probabilities: p, probabilities_are: out_of_sample}",
                  FOUR,
                  "[{\"y\": \"a\", \"p\": [0.9, 0.1], \"label_quality\": 0.9, \"label_issue\": null,"
                      + " \"suggested_label\": null, \"suggested_confidence\": null}, {\"y\":"
                      + " \"a\", \"p\": [0.8, 0.2], \"label_quality\": 0.8, \"label_issue\": null,"
                      + " \"suggested_label\": null, \"suggested_confidence\": null}, {\"y\":"
                      + " \"b\", \"p\": [0.95, 0.05], \"label_quality\": 0.050000000000000044,"
                      + " \"label_issue\": \"confident_of_other_class\", \"suggested_label\":"
                      + " \"a\", \"suggested_confidence\": 0.95}, {\"y\": \"b\", \"p\": [0.1, 0.9],"
                      + " \"label_quality\": 0.9, \"label_issue\": null, \"suggested_label\": null,"
                      + " \"suggested_confidence\": null}]"),
              new Example(
                  "{label: y, probabilities: [no, yes], classes: [0, 1], probabilities_are:"
                      + " out_of_sample, find_by: both, rank_by: self_confidence}",
                  "[{\"y\": 0, \"no\": 0.75, \"yes\": 0.25}, {\"y\": 0, \"no\": 1.0, \"yes\": 0.0},"
                      + " {\"y\": 1, \"no\": 1.0, \"yes\": 0.0}, {\"y\": 1, \"no\": 0.25, \"yes\":"
                      + " 0.75}, {\"y\": null, \"no\": 0.5, \"yes\": 0.5}]",
                  "[{\"y\": 0, \"no\": 0.75, \"yes\": 0.25, \"label_quality\": 0.75,"
                      + " \"label_issue\": null, \"suggested_label\": null,"
                      + " \"suggested_confidence\": null}, {\"y\": 0, \"no\": 1.0, \"yes\": 0.0,"
                      + " \"label_quality\": 1.0, \"label_issue\": null, \"suggested_label\": null,"
                      + " \"suggested_confidence\": null}, {\"y\": 1, \"no\": 1.0, \"yes\": 0.0,"
                      + " \"label_quality\": 0.0, \"label_issue\":"
                      + " \"low_self_confidence_and_margin\", \"suggested_label\": 0,"
                      + " \"suggested_confidence\": 1.0}, {\"y\": 1, \"no\": 0.25, \"yes\": 0.75,"
                      + " \"label_quality\": 0.75, \"label_issue\": null, \"suggested_label\":"
                      + " null, \"suggested_confidence\": null}, {\"y\": null, \"no\": 0.5,"
                      + " \"yes\": 0.5, \"label_quality\": null, \"label_issue\": null,"
                      + " \"suggested_label\": null, \"suggested_confidence\": null}]")),
          LabelErrors::create);

  private static LabelErrors create(Params params) {
    return new LabelErrors(
        params.find(LABEL),
        params.get(PROBABILITIES),
        params.find(CLASSES),
        params.find(ARE).isPresent(),
        params.get(BY),
        params.get(RANK_BY),
        params.get(COLLISIONS));
  }

  @Override
  public Schema output(Schema input) {
    Field labels = input.field(position(input));
    fields(input, known(input, Map.of()));
    return input
        .with(Field.of(QUALITY, Type.DOUBLE).with(Role.ANNOTATION))
        .with(Field.of(ISSUE, Type.TEXT).with(Role.ANNOTATION))
        .with(Field.of(SUGGESTED, labels.type()).with(Role.ANNOTATION))
        .with(Field.of(CONFIDENCE, Type.DOUBLE).with(Role.ANNOTATION));
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    Schema output = output(input.schema());
    Task learnt = step.fit(input);
    int more = (classes.isPresent() ? 1 : 2) + (by.ranksClasses() || by.ranksMargins() ? 1 : 0);
    for (int i = 0; i < more; i++) {
      learnt = step.refit(learnt, input);
    }
    return input.map(learnt, output);
  }

  @Override
  public LabelRounds zero(Schema input, StepRun run) {
    return zero(input, new Fit(Map.of()), run);
  }

  @Override
  public LabelRounds zero(Schema input, Fit earlier, StepRun run) {
    LabelFit known = known(input, earlier.values());
    return LabelRounds.after(known, fields(input, known));
  }

  @Override
  public LabelRounds read(DataInput in, Schema input, StepRun run) throws IOException {
    return read(in, input, new Fit(Map.of()), run);
  }

  @Override
  public LabelRounds read(DataInput in, Schema input, Fit earlier, StepRun run) throws IOException {
    LabelFit known = known(input, earlier.values());
    return LabelRounds.read(in, known, fields(input, known));
  }

  @Override
  public Fit fit(LabelRounds state, Schema input) {
    return fit(state, input, new Fit(Map.of()));
  }

  @Override
  public Fit fit(LabelRounds state, Schema input, Fit earlier) {
    return state.learnt(known(input, earlier.values())).fit();
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    LabelFit known = known(input, fit.values());
    return new LabelJudging(
        input, output, fields(input, known), known, rankBy, classes.isPresent());
  }

  /** What is known, the declared classes among it. */
  private LabelFit known(Schema input, Map<String, @Nullable Object> values) {
    Field field = input.field(position(input));
    LabelFit known =
        new LabelFit(field.name(), field.type(), by, collisions, new LinkedHashMap<>(values));
    return known.hasClasses() || classes.isEmpty() ? known : known.declaring(classes.get());
  }

  private LabelFields fields(Schema input, LabelFit known) {
    return new LabelFields(
        position(input),
        known.classes(),
        ProbabilityFields.of(input, probabilities, declared, classes.orElse(null)));
  }

  private int position(Schema input) {
    int position = Relabel.labelPosition(input, label);
    classes.ifPresent(names -> check(names, input.field(position)));
    return position;
  }

  /**
   * Checks that {@code names} can be the classes of {@code field}.
   *
   * @throws BindException if they cannot
   */
  static void check(List<String> names, Field field) {
    for (String name : names) {
      boolean fits =
          switch (field.type().kind()) {
            case LONG -> name.matches("-?[0-9]{1,18}");
            case BOOL -> name.equals("true") || name.equals("false");
            default -> true;
          };
      if (!fits || names.indexOf(name) != names.lastIndexOf(name)) {
        throw new BindException(
            "classes",
            "must name each class once, in the type of "
                + field.name()
                + ", "
                + field.type()
                + "; found: "
                + name);
      }
    }
  }
}
