package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Fit;
import dev.quern.operator.Learner;
import dev.quern.operator.Lesson;
import dev.quern.operator.Localized;
import dev.quern.operator.ModelFiles;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Trainer;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds class probabilities by models that have not seen the sample: k-fold cross-validation.
 *
 * <p>Each sample belongs to one of k folds, by a draw on its id or, where a field has the role
 * group, on the value of that field, so that a group is never parted. For each fold a model is
 * trained on the samples of all others; it answers for the samples of its fold. Where there are
 * splits, train alone is learnt from, and the model of a sample's fold answers in the other splits
 * too. The list holds a probability for each class of the samples learnt from, in ascending order
 * of the classes (texts by UTF-8); 0 for a class that the other folds lack. Probabilities are
 * rounded to 1e-6.
 *
 * @param label what is predicted; absent: the field with the role label
 * @param trainer what trains
 * @param folds number of folds
 * @param into the field that is made
 */
public record OutOfFold(Optional<String> label, Use trainer, int folds, String into)
    implements Learner {

  /**
   * A trainer with its parameters.
   *
   * @param name of the trainer
   * @param parameters as in a recipe
   */
  public record Use(String name, Map<String, @Nullable Object> parameters) {}

  private static final String RULE =
      "one trainer with its parameters, for example train.linear: {}";

  private static final Param<String> LABEL =
      Param.field(
              "label",
              new Localized(
                  "The field to predict; by default the one with the role label.",
                  "要预测的字段；默认取带 label 角色的字段。"))
          .optional();

  private static final Param<Use> WITH =
      new Param<>(
          "with",
          Param.Kind.MAP,
          "-",
          RULE,
          new Localized("The trainer with its parameters.", "训练器及其参数。"),
          Param.Necessity.REQUIRED,
          null,
          OutOfFold::use,
          use -> Map.of(use.name(), use.parameters()),
          Map.of("type", "object", "minProperties", 1L, "maxProperties", 1L));

  private static final Param<Long> FOLDS =
      Param.integer("folds", "folds", 2, 100, new Localized("Number of folds.", "折数。")).or(5L);

  private static final Param<String> INTO =
      Param.text("into", new Localized("The field that is made.", "生成的字段。")).or("probabilities");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.out_of_fold",
          new Localized(
              "Adds class probabilities by models that have not seen the sample (k-fold).",
              "添加由未见过该样本的模型给出的类别概率（k 折交叉验证）。"),
          "Stone 1974, Journal of the Royal Statistical Society B 36(2)",
          1,
          Serving.TRAINING_ONLY,
          List.of(LABEL, WITH, FOLDS, INTO),
          List.of(
              new Example(
                  "{label: y, with: {train.linear: {epochs: 20}}, folds: 2, into: p}",
                  "[{\"x\": 0, \"y\": false}, {\"x\": 1, \"y\": false}, {\"x\": 2, \"y\": false}, {\"x\": 3, \"y\": false}, {\"x\": 4, \"y\": true}, {\"x\": 5, \"y\": true}, {\"x\": 6, \"y\": true}, {\"x\": 7, \"y\": true}]",
                  "[{\"x\":0,\"y\":false,\"p\":[0.685417,0.314583]},{\"x\":1,\"y\":false,\"p\":[0.573397,0.426603]},{\"x\":2,\"y\":false,\"p\":[0.545583,0.454417]},{\"x\":3,\"y\":false,\"p\":[0.517481,0.482519]},{\"x\":4,\"y\":true,\"p\":[0.489268,0.510732]},{\"x\":5,\"y\":true,\"p\":[0.35893,0.64107]},{\"x\":6,\"y\":true,\"p\":[0.299062,0.700938]},{\"x\":7,\"y\":true,\"p\":[0.245358,0.754642]}]")),
          OutOfFold::create);

  private static OutOfFold create(Params params) {
    return new OutOfFold(
        params.find(LABEL), params.get(WITH), Math.toIntExact(params.get(FOLDS)), params.get(INTO));
  }

  private static Use use(Object value) {
    if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
      throw new IllegalArgumentException(RULE);
    }
    Map.Entry<?, ?> only = map.entrySet().iterator().next();
    if (!(only.getValue() instanceof Map<?, ?> given)) {
      throw new IllegalArgumentException(RULE);
    }
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    given.forEach((name, parameter) -> parameters.put(String.valueOf(name), parameter));
    return new Use(String.valueOf(only.getKey()), parameters);
  }

  @Override
  public Schema output(Schema input) {
    Relabel.labelPosition(input, label);
    return input.with(Field.of(into, Type.list(Type.DOUBLE)).with(Role.OUT_OF_SAMPLE));
  }

  @Override
  public List<String> uses(Schema input, Registry registry) {
    try {
      trainer(registry).predictions(input, target(input));
    } catch (BindException e) {
      throw e.param().equals("with")
          ? e
          : new BindException("with", trainer.name() + ": " + e.getMessage());
    }
    return List.of(trainer.name());
  }

  private String target(Schema input) {
    return input.field(Relabel.labelPosition(input, label)).name();
  }

  private Trainer trainer(Registry registry) {
    OperatorSpec spec =
        registry
            .find(trainer.name())
            .orElseThrow(
                () ->
                    new BindException(
                        "with",
                        "must name a trainer; found: "
                            + trainer.name()
                            + Suggestion.of(trainer.name(), registry.names())));
    List<Params.Problem> problems = new ArrayList<>();
    Optional<Params> params = Params.read(spec.params(), trainer.parameters(), problems);
    if (!problems.isEmpty() || params.isEmpty()) {
      Params.Problem first = problems.get(0);
      throw new BindException("with", trainer.name() + "." + first.param() + " " + first.message());
    }
    if (!(spec.create().apply(params.get()) instanceof Trainer made)) {
      throw new BindException("with", "must name a trainer; found: " + trainer.name());
    }
    return made;
  }

  @Override
  public Fit learn(Lesson lesson) throws IOException {
    return FoldLearning.of(this, trainer(lesson.registry()), lesson);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run, ModelFiles models) {
    return new FoldPredicting(
        output.field(into).orElseThrow(), FoldDraw.of(input, folds, run), fit, models);
  }
}
