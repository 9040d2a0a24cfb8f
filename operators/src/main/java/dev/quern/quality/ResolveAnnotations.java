package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.format.json.Json;
import dev.quern.label.DawidSkene;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes one label of those of several annotators, and tells how sure it is.
 *
 * <ul>
 *   <li>dawid_skene: the most probable class, given how often each annotator errs, see {@link
 *       DawidSkene}; confidence = its probability; of equally probable classes the first
 *   <li>majority: the label that most gave; confidence = their share; a tie leaves the label
 *       missing
 * </ul>
 *
 * <p>A sample without any label stays without one. The fit holds the shares of the classes and the
 * confusion matrix of each annotator; the report tells how often each is right. Memory grows with
 * the different combinations of labels.
 *
 * @param fields one field per annotator
 * @param annotators whether each annotator errs in a way of its own
 * @param into the field that is made
 */
public record ResolveAnnotations(List<String> fields, DawidSkene.Annotators annotators, String into)
    implements Fitter<AnnotatorVotes> {

  /** How one label is made. */
  public enum By {
    DAWID_SKENE,
    MAJORITY
  }

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("One field per annotator.", "每位标注者一个字段。"))
          .where("at least two field names", names -> names.size() >= 2);

  private static final Param<By> BY =
      Param.choice("by", By.class, new Localized("How one label is made.", "如何得出一个标签。"))
          .or(By.DAWID_SKENE);

  private static final Param<DawidSkene.Annotators> ANNOTATORS =
      Param.choice(
              "annotators",
              DawidSkene.Annotators.class,
              new Localized(
                  "Whether each annotator errs in a way of its own (apart) or all alike, where"
                      + " nobody knows who gave which label; for dawid_skene.",
                  "各标注者的错误方式各不相同（apart），或在不知道由谁标注时视为相同（alike）；用于" + " dawid_skene。"))
          .or(DawidSkene.Annotators.APART);

  private static final Param<String> INTO =
      Param.text("into", new Localized("The field that is made.", "生成的字段。")).or("label");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.resolve_annotations",
          new Localized(
              "Makes one label of those of several annotators, with its confidence.",
              "由多位标注者的标签得出一个标签及其置信度。"),
          "Dawid and Skene 1979, Applied Statistics 28(1)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, BY, ANNOTATORS, INTO),
          List.of(
              new Example(
                  "{fields: [ann, bob, eve], by: majority}",
                  "[{\"ann\": \"x\", \"bob\": \"x\", \"eve\": \"y\"}, {\"ann\": \"x\", \"bob\":"
                      + " \"y\", \"eve\": null}, {\"ann\": null, \"bob\": \"y\", \"eve\": null}]",
                  "[{\"ann\": \"x\", \"bob\": \"x\", \"eve\": \"y\", \"label\": \"x\","
                      + " \"label_confidence\": 0.6666666666666666}, {\"ann\": \"x\", \"bob\":"
                      + " \"y\", \"eve\": null, \"label\": null, \"label_confidence\": 0.5},"
                      + " {\"ann\": null, \"bob\": \"y\", \"eve\": null, \"label\": \"y\","
                      + " \"label_confidence\": 1.0}]"),
              new Example(
                  "{fields: [ann, bob], into: mood}",
                  "[{\"ann\": \"x\", \"bob\": \"x\"}, {\"ann\": \"y\", \"bob\": \"y\"}, {\"ann\":"
                      + " null, \"bob\": null}]",
                  "[{\"ann\": \"x\", \"bob\": \"x\", \"mood\": \"x\", \"mood_confidence\": 1.0},"
                      + " {\"ann\": \"y\", \"bob\": \"y\", \"mood\": \"y\", \"mood_confidence\":"
                      + " 1.0}, {\"ann\": null, \"bob\": null, \"mood\": null,"
                      + " \"mood_confidence\": null}]")),
          ResolveAnnotations::create);

  private static final String CLASSES = "#classes";
  private static final String SHARES = "#shares";
  private static final String CONFUSIONS = "#confusions";
  private static final String ROUNDS = "#rounds";

  private static Operator create(Params params) {
    List<String> fields = params.get(FIELDS);
    String into = params.get(INTO);
    return params.get(BY) == By.MAJORITY
        ? new MajorityVote(fields, into)
        : new ResolveAnnotations(fields, params.get(ANNOTATORS), into);
  }

  /** Returns the positions of the annotators' fields, which have one type. */
  static int[] positions(Schema input, List<String> fields) {
    int[] positions =
        FieldChoice.named(
            input, "fields", fields, "text, long or bool", f -> ClassNames.fits(f.type()));
    Field first = input.field(positions[0]);
    for (int position : positions) {
      Field field = input.field(position);
      if (!field.type().equals(first.type())) {
        throw new BindException(
            "fields",
            "must name fields of one type; found: "
                + first.name()
                + ", "
                + first.type()
                + " and "
                + field.name()
                + ", "
                + field.type());
      }
    }
    return positions;
  }

  /** Returns {@code input} with the label and its confidence. */
  static Schema resolved(Schema input, List<String> fields, String into) {
    Type type = input.field(positions(input, fields)[0]).type();
    return input
        .with(Field.of(into, type).with(Role.LABEL))
        .with(Field.of(into + "_confidence", Type.DOUBLE).with(Role.ANNOTATION));
  }

  @Override
  public Schema output(Schema input) {
    return resolved(input, fields, into);
  }

  @Override
  public AnnotatorVotes zero(Schema input, StepRun run) {
    return AnnotatorVotes.of(positions(input, fields));
  }

  @Override
  public AnnotatorVotes read(DataInput in, Schema input, StepRun run) throws IOException {
    return AnnotatorVotes.read(in, positions(input, fields));
  }

  @Override
  public Fit fit(AnnotatorVotes state, Schema input) {
    DawidSkene model = DawidSkene.of(state.patterns(), annotators);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(CLASSES, model.classes());
    values.put(SHARES, boxed(model.shares()));
    List<Object> confusions = new ArrayList<>();
    for (double[][] confusion : model.confusions()) {
      confusions.add(Arrays.stream(confusion).map(ResolveAnnotations::boxed).toList());
    }
    values.put(CONFUSIONS, confusions);
    values.put(ROUNDS, (long) model.rounds());
    for (int k = 0; k < fields.size(); k++) {
      values.put(fields.get(k), Map.of("estimated_accuracy", model.accuracy(k)));
    }
    return new Fit(values);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    List<String> classes = new ArrayList<>();
    Json.list(fit.values().get(CLASSES)).forEach(name -> classes.add(String.valueOf(name)));
    double[][][] confusions =
        Json.list(fit.values().get(CONFUSIONS)).stream()
            .map(
                matrix ->
                    Json.list(matrix).stream()
                        .map(ResolveAnnotations::doubles)
                        .toArray(double[][]::new))
            .toArray(double[][][]::new);
    DawidSkene model = new DawidSkene(classes, doubles(fit.values().get(SHARES)), confusions, 0);
    return new Resolving(positions(input, fields), output, into, new Resolving.Posterior(model));
  }

  private static double[] doubles(@Nullable Object list) {
    return Json.list(list).stream()
        .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
        .toArray();
  }
}
