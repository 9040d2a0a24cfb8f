package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DataException;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Engine;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Traces;
import dev.quern.operator.Fit;
import dev.quern.operator.Metric;
import dev.quern.operator.Trainer;
import dev.quern.store.Manifest;
import dev.quern.store.StoredFits;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What steps cost the model of a recipe: its test metrics where it is trained on the samples
 * without a step, beside those of the model that is published. Nothing is kept of the other model.
 */
final class AccuracyCosts {
  private final Plan plan;
  private final StoredFits fits;

  AccuracyCosts(Plan plan, StoredFits fits) {
    this.plan = plan;
    this.fits = fits;
  }

  /** Where models are trained. */
  record Place(Engine engine, RunOptions options, Workspace workspace, RunListener listener) {}

  /**
   * Trains without each step that is to be weighed, unless an earlier run has done so.
   *
   * @param stored samples that the run has kept, by key
   * @param folder for passes that keep nothing
   */
  void train(Place place, Map<String, Stored> stored, Path folder) throws IOException {
    for (Plan.Without without : plan.without()) {
      if (without.samples().isPresent()) {
        Samples samples = without.samples().get();
        if (fits.find(key(samples)).isEmpty()) {
          Map<String, @Nullable Object> told = trained(place, without, samples, stored, folder);
          fits.put(key(samples), without.step(), operator(), new Fit(told));
        }
      }
    }
  }

  private String operator() {
    return plan.training().orElseThrow().task().operator();
  }

  private String key(Samples samples) {
    Plan.TrainingPlan model = plan.training().orElseThrow();
    return Digest.ofText(
        "without\n"
            + model.task().identity()
            + model.spec().target()
            + plan.recipe().seed()
            + "\n"
            + samples.key());
  }

  private Map<String, @Nullable Object> trained(
      Place place, Plan.Without without, Samples samples, Map<String, Stored> stored, Path folder)
      throws IOException {
    try {
      for (Plan.Point.Fitting point : without.fits()) {
        learn(place, point, stored, folder);
      }
      return metrics(training(place, Graph.resume(samples, stored), folder));
    } catch (DataException e) {
      // The version and its model are there: that a later step cannot do without is told, no more.
      Map<String, @Nullable Object> told = new LinkedHashMap<>();
      told.put("failed", e.code());
      return told;
    } finally {
      place.workspace().clear(folder);
    }
  }

  /** What was learnt goes where the later steps of these samples look for it. */
  private void learn(Place place, Plan.Point.Fitting point, Map<String, Stored> stored, Path folder)
      throws IOException {
    if (fits.find(point.key()).isPresent()) {
      return;
    }
    Samples samples = Graph.resume(point.samples(), stored);
    Pass pass =
        new Pass(
            samples,
            new Pass.Output.None(),
            List.of(new Pass.Fold(point.task(), samples)),
            folder.resolve("fit-" + point.key()),
            Set.of(),
            new Traces(DroppedSamples.NONE, ChangedCells.NONE));
    PassResult result = place.engine().execute(pass, Progress.NONE);
    Folds folds =
        new Folds(
            plan.registry(), new RunContext(plan.recipe().seed()), place.options().secrets(), fits);
    Fit fit = folds.fit(point.task(), samples.schema(), result.states().get(0));
    fits.put(point.key(), point.step(), point.task().operator(), fit);
  }

  private StoredTraining training(Place place, Samples samples, Path folder) throws IOException {
    return new StoredTraining(
            place.engine(),
            samples,
            new long[Split.values().length],
            plan.training().orElseThrow().spec().target(),
            plan.recipe().seed(),
            place.options().threads(),
            folder.resolve("without"),
            place.listener())
        .counted();
  }

  private Map<String, @Nullable Object> metrics(StoredTraining training) throws IOException {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("train_samples", training.samples(Split.TRAIN));
    told.put("test_samples", training.samples(Split.TEST));
    List<Object> metrics = new ArrayList<>();
    if (training.samples(Split.TRAIN) > 0 && training.samples(Split.TEST) > 0) {
      Trainer trainer = (Trainer) plan.training().orElseThrow().spec().trainer().operator();
      for (Metric metric : trainer.train(training).metrics()) {
        if (metric.part().isEmpty()) {
          metrics.add(metric.plain());
        }
      }
    }
    told.put("metrics", metrics);
    return told;
  }

  /**
   * Returns what the model loses by {@code step}: {@code before} without it, {@code after} with it,
   * or {@code not_compared} and why; empty where no model was tested.
   *
   * @param metrics those of the model that was published
   */
  Optional<Map<String, @Nullable Object>> of(
      String step, List<Map<String, @Nullable Object>> metrics, Manifest version)
      throws IOException {
    for (Plan.Without without : plan.without()) {
      if (without.step().equals(step) && !metrics.isEmpty()) {
        return Optional.of(told(without, metrics, version));
      }
    }
    return Optional.empty();
  }

  private Map<String, @Nullable Object> told(
      Plan.Without without, List<Map<String, @Nullable Object>> metrics, Manifest version)
      throws IOException {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    Map<String, @Nullable Object> before = Map.of("failed", "later_steps");
    if (without.samples().isPresent()) {
      before =
          fits.find(key(without.samples().get()))
              .map(Manifest.Learnt::fit)
              .map(Fit::values)
              .orElse(before);
    }
    if (before.containsKey("failed")) {
      told.put("not_compared", before.get("failed"));
      return told;
    }
    Map<String, @Nullable Object> after = new LinkedHashMap<>();
    after.put("train_samples", version.splits().getOrDefault(Split.TRAIN, 0L));
    after.put("test_samples", version.splits().getOrDefault(Split.TEST, 0L));
    after.put("metrics", metrics.stream().filter(m -> m.get("part") == null).toList());
    told.put("before", before);
    told.put("after", after);
    return told;
  }
}
