package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Training;
import dev.quern.tensor.Kernels;
import dev.quern.tensor.Network;
import dev.quern.tensor.OnnxOps;
import dev.quern.tensor.Parameters;
import dev.quern.tensor.Scoring;
import dev.quern.tensor.ShapeOps;
import dev.quern.tensor.TrainingLoop;
import dev.quern.tensor.TrainingLoop.EarlyStopping;
import dev.quern.tensor.TrainingLoop.Trained;
import dev.quern.tensor.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on tables and texts: one reading to learn how to prepare inputs, one to prepare
 * them, then epochs in memory.
 */
record NetworkTraining(Settings settings, Architecture architecture) {
  /** An improvement of the validation loss that counts. */
  private static final double MIN_IMPROVEMENT = 1e-6;

  Schema predictions(Schema input, String target) {
    Survey survey = new Survey(input, target, settings);
    Field goal = input.field(survey.targetPosition());
    return switch (TargetKind.of(goal, settings.loss())) {
      case NUMBER -> Schema.of(Field.of("prediction", Type.DOUBLE));
      case CLASSES ->
          Schema.of(Field.of("prediction", goal.type()), Field.of("probability", Type.DOUBLE));
    };
  }

  TrainedModel train(Training training) throws IOException {
    Part.Rule rule = Part.rule(training, settings);
    Survey survey = new Survey(training.schema(), training.target(), settings);
    training.read(batch -> survey.add(batch, rule));
    require(survey.usable(Part.TRAIN) > 0, "train split must have samples with a target", survey);
    boolean stops = settings.patience().isPresent();
    require(
        !stops || survey.usable(Part.VALIDATION) > 0,
        "early_stopping must have validation samples",
        survey);
    Target target = survey.target();
    Inputs inputs = Inputs.of(survey.fields(), settings, survey.left());
    require(!inputs.isEmpty(), "train split must have a field with more than one value", survey);

    Map<Part, PartData> parts = new EnumMap<>(Part.class);
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION, Part.TEST)) {
      parts.put(part, new PartData(training.schema(), inputs, target, survey.usable(part)));
    }
    training.read(
        batch -> {
          Column goal = batch.column(survey.targetPosition());
          for (int i = 0; i < batch.count(); i++) {
            int row = batch.row(i);
            PartData part = parts.get(rule.of(batch.keys(), row));
            if (part != null && Survey.hasTarget(goal, row)) {
              part.add(batch, row, goal);
            }
          }
        });
    Network network = architecture.network(inputs.denseWidth(), inputs.tables(), target.outputs());
    try (Threads threads = new Threads(training.threads())) {
      return fit(training, survey, new Model(network, inputs, target), parts, threads.workers());
    }
  }

  /** What is trained. */
  private record Model(Network network, Inputs inputs, Target target) {}

  private TrainedModel fit(
      Training training, Survey survey, Model model, Map<Part, PartData> parts, Workers workers) {
    Kernels kernels = Kernels.best();
    TrainingLoop loop =
        new TrainingLoop(
            settings.epochs(),
            settings.batchSize(),
            settings.optimizer(),
            model.target().loss(),
            training.seed(),
            settings.patience().map(patience -> new EarlyStopping(patience, MIN_IMPROVEMENT)));
    PartData validation = part(parts, Part.VALIDATION);
    Trained trained =
        loop.fit(
            model.network(),
            model.network().start(training.seed()),
            part(parts, Part.TRAIN).data(),
            validation.size() > 0 ? Optional.of(validation.data()) : Optional.empty(),
            kernels,
            workers,
            epoch ->
                training.progress(
                    epoch.number(),
                    settings.epochs(),
                    String.format(Locale.ROOT, "loss %.4f", epoch.trainLoss())));
    Part measured =
        part(parts, Part.TEST).size() > 0
            ? Part.TEST
            : validation.size() > 0 ? Part.VALIDATION : Part.TRAIN;
    PartData scored = part(parts, measured);
    float[] predictions =
        new Scoring(model.network(), model.target().loss(), trained.parameters(), kernels, workers)
            .predictions(scored.data());
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    model.target().describe(details);
    describe(details, model, survey, parts, measured, trained);
    return new TrainedModel(
        body(model, trained.parameters()),
        model.inputs().hostFeatures(),
        model.target().answers(),
        model.target().metrics(measured.prefix(), predictions, scored.targets()),
        history(trained),
        details,
        check(model.target(), scored, predictions));
  }

  private static PartData part(Map<Part, PartData> parts, Part part) {
    PartData data = parts.get(part);
    if (data == null) {
      throw new IllegalStateException("part must have been read: " + part);
    }
    return data;
  }

  private static TrainedModel.ModelBody body(Model model, Parameters parameters) {
    return fields -> {
      OnnxOps ops = new OnnxOps(fields.graph(), parameters);
      String output = model.network().apply(ops, model.inputs().emit(fields));
      model.target().emit(fields, model.target().loss().prediction(ops, output));
    };
  }

  private static TrainedModel.Check check(Target target, PartData scored, float[] predictions) {
    List<double[]> expected = new ArrayList<>();
    for (int row : scored.checkedRows()) {
      expected.add(target.answer(predictions, row * target.outputs()));
    }
    return new TrainedModel.Check(scored.checkedSamples(), expected, target.unit());
  }

  private static List<Map<String, @Nullable Object>> history(Trained trained) {
    List<Map<String, @Nullable Object>> history = new ArrayList<>();
    for (TrainingLoop.Epoch epoch : trained.history()) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("epoch", (long) epoch.number());
      plain.put("loss", epoch.trainLoss());
      epoch.validationLoss().ifPresent(loss -> plain.put("validation_loss", loss));
      history.add(plain);
    }
    return history;
  }

  private void describe(
      Map<String, @Nullable Object> details,
      Model model,
      Survey survey,
      Map<Part, PartData> parts,
      Part measured,
      Trained trained) {
    ShapeOps shapes = ShapeOps.of(model.network());
    details.put("inputs", model.inputs().described());
    details.put("left_out", survey.left());
    details.put("parameters", shapes.parameterCount());
    details.put("flop_per_sample", shapes.flopPerSample());
    details.put("epoch", (long) trained.epoch());
    details.put("loss", model.target().loss().name().toLowerCase(Locale.ROOT));
    details.put("measured_on", measured.name().toLowerCase(Locale.ROOT));
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION, Part.TEST)) {
      PartData data = part(parts, part);
      String name = part.name().toLowerCase(Locale.ROOT);
      details.put(name + "_samples_read", survey.read(part));
      details.put(
          name + (part == Part.TRAIN ? "_samples_used" : "_samples_scored"), (long) data.size());
      details.put(name + "_samples_without_target", survey.withoutTarget(part));
      if (data.unknown() > 0) {
        details.put(name + "_samples_of_unknown_class", data.unknown());
      }
    }
    if (survey.read(Part.UNUSED) > 0) {
      details.put("samples_without_split", survey.read(Part.UNUSED));
    }
  }

  private static void require(boolean holds, String rule, Survey survey) {
    if (!holds) {
      throw new DataException(
          "nothing_to_train",
          "model: "
              + rule
              + "; found: "
              + survey.read(Part.TRAIN)
              + " train samples, "
              + survey.withoutTarget(Part.TRAIN)
              + " of them without target, and "
              + survey.read(Part.VALIDATION)
              + " validation samples");
    }
  }
}
