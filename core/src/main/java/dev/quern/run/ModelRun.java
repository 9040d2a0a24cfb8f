package dev.quern.run;

import dev.quern.engine.Cost;
import dev.quern.engine.Engine;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.Metric;
import dev.quern.operator.ModelFormat;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.ServingStep;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import dev.quern.store.Models;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Trains the model of a plan on a version and publishes it, unless that has been done. */
final class ModelRun {
  private final Plan plan;
  private final Plan.TrainingPlan training;
  private final RunOptions options;
  private final Workspace workspace;
  private final RunListener listener;

  ModelRun(Plan plan, RunOptions options, Workspace workspace, RunListener listener) {
    this.plan = plan;
    this.training = plan.training().orElseThrow();
    this.options = options;
    this.workspace = workspace;
    this.listener = listener;
  }

  /** A model's card with its version, and what this run did for it. */
  record Trained(Map<String, @Nullable Object> card, RunListener.Outcome outcome, Cost cost) {}

  /**
   * Trains on {@code version}, or finds the model an earlier run has trained on the same samples.
   */
  Trained train(
      Engine engine, Path folder, Stored version, long[] splits, Manifest manifest, String run)
      throws IOException {
    String name = training.spec().name();
    Manifest.Head head = options.limit().isPresent() ? Manifest.Head.STAYS : Manifest.Head.MOVES;
    StoredTraining data = data(engine, folder, version, splits);
    new KeepCurves(plan, workspace.fits()).train(data);
    Optional<ModelVersion> known = workspace.models().reuse(name, training.key(), head);
    if (known.isPresent()) {
      listener.ends(RunListener.Outcome.CACHED);
      return new Trained(card(known.get()), RunListener.Outcome.CACHED, Cost.ZERO);
    }
    long wall = System.nanoTime();
    long cpu = ProcessUse.cpuNanos();
    TrainedModel model = ((Trainer) training.spec().trainer().operator()).train(data);
    ModelFormat.Encoded encoded = format(plan).encode(servingPlan(version), model, plan.registry());
    Cost cost =
        new Cost(System.nanoTime() - wall, ProcessUse.cpuNanos() - cpu, version.bytes(), 0, 0, 0);
    Map<String, @Nullable Object> card = describe(model, encoded.told(), manifest, run, cost);
    Map<String, byte[]> files = new LinkedHashMap<>(encoded.files());
    files.put("card.json", Json.pretty(card).getBytes(StandardCharsets.UTF_8));
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
    metrics.put("metrics", card.get("metrics"));
    metrics.put("history", card.get("history"));
    files.put("metrics.json", Json.pretty(metrics).getBytes(StandardCharsets.UTF_8));
    Models.Made made = new Models.Made(training.key(), manifest.reference().toString(), run);
    ModelVersion published = workspace.models().publish(name, made, files, head);
    listener.ends(RunListener.Outcome.DONE);
    return new Trained(card(published), RunListener.Outcome.DONE, cost);
  }

  private StoredTraining data(Engine engine, Path folder, Stored version, long[] splits) {
    return new StoredTraining(
        engine,
        Samples.stored(version),
        splits,
        training.spec().target(),
        plan.recipe().seed(),
        options.threads(),
        folder,
        listener);
  }

  /** Returns the format of model files: one jar on the class path provides it. */
  static ModelFormat format(Plan plan) {
    return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a model format must be on the class path to train " + plan.recipe().name()));
  }

  private ServingPlan servingPlan(Stored version) {
    List<ServingStep> steps = new ArrayList<>();
    for (Plan.StepPlan step : plan.steps()) {
      if (step.shared() == Plan.StepPlan.Path.MAIN) {
        Task task = step.task();
        Optional<Fit> fit = task.fit().map(key -> workspace.fits().fit(key));
        steps.add(new ServingStep(task, step.input(), step.output(), step.serving(), fit));
      }
    }
    return new ServingPlan(training.raw(), training.spec().target(), steps, version.schema());
  }

  private Map<String, @Nullable Object> describe(
      TrainedModel model,
      Map<String, @Nullable Object> files,
      Manifest manifest,
      String run,
      Cost cost) {
    Map<String, @Nullable Object> card = new LinkedHashMap<>();
    card.put("name", training.spec().name());
    card.put("key", training.key());
    card.put("recipe", plan.recipe().name());
    card.put("recipe_digest", plan.recipe().digest());
    card.put("run", run);
    card.put("dataset", manifest.dataset());
    card.put("dataset_version", manifest.version());
    card.put("dataset_digest", manifest.digest());
    card.put("target", training.spec().target());
    card.put("trainer", training.task().operator());
    card.put("parameters", Json.parse(training.task().parameters()));
    card.put("seed", plan.recipe().seed());
    card.put("raw", Plan.plain(training.raw()));
    card.put("predictions", Plan.plain(training.predictions()));
    card.put("metrics", model.metrics().stream().map(Metric::plain).toList());
    card.put("details", model.details());
    card.put("files", files);
    card.put("cpu_seconds", cost.cpuNanos() / 1e9);
    card.put("history", model.history());
    return card;
  }

  private Map<String, @Nullable Object> card(ModelVersion version) throws IOException {
    Map<String, @Nullable Object> card = new LinkedHashMap<>(workspace.models().card(version));
    card.put("version", version.version());
    return card;
  }
}
