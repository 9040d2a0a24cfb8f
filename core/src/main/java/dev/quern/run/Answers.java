package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DataException;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Traces;
import dev.quern.operator.Fit;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Trainer;
import dev.quern.store.Manifest;
import dev.quern.store.StoredFits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the questions by which a run tells what steps cost: how well a field is predicted
 * before a step and behind it, by cross-validation. No model is kept.
 */
final class Answers {
  private static final Traces NOTHING = new Traces(DroppedSamples.NONE, ChangedCells.NONE);

  private final Plan plan;
  private final StoredFits fits;

  Answers(Plan plan, StoredFits fits) {
    this.plan = plan;
    this.fits = fits;
  }

  /** Returns whether both answers of {@code weighed} are there from an earlier run. */
  boolean areThere(Plan.Weighed weighed) throws IOException {
    return fits.find(key(weighed, weighed.before())).isPresent()
        && fits.find(key(weighed, weighed.after())).isPresent();
  }

  /**
   * Answers {@code weighed}, unless an earlier run has done so.
   *
   * @param stored samples that the run has kept, by key
   * @param folder for passes that keep nothing
   */
  void answer(
      AccuracyCosts.Place place, Plan.Weighed weighed, Map<String, Stored> stored, Path folder)
      throws IOException {
    for (Samples samples : List.of(weighed.before(), weighed.after())) {
      String key = key(weighed, samples);
      if (fits.find(key).isEmpty()) {
        Map<String, @Nullable Object> told = told(place, weighed, samples, stored, folder);
        fits.put(key, weighed.step(), weighed.trainer().operator(), new Fit(told));
      }
    }
  }

  private String key(Plan.Weighed weighed, Samples samples) {
    return Digest.ofText(
        "weighed\n"
            + weighed.trainer().operator()
            + "#"
            + weighed.trainer().revision()
            + weighed.trainer().parameters()
            + weighed.question().target()
            + plan.recipe().seed()
            + "\n"
            + samples.key()
            + plan.encryption().orElse(""));
  }

  private Map<String, @Nullable Object> told(
      AccuracyCosts.Place place,
      Plan.Weighed weighed,
      Samples samples,
      Map<String, Stored> stored,
      Path folder)
      throws IOException {
    try {
      // A trainer reads them often: they are made once.
      Pass pass =
          new Pass(
              Graph.resume(samples, stored),
              new Pass.Output.Blocks(),
              List.of(),
              folder.resolve("weighed"),
              Set.of(),
              NOTHING);
      PassResult made = place.engine().execute(pass, Progress.NONE);
      StoredTraining training =
          new StoredTraining(
              place.engine(),
              Samples.stored(made.stored()),
              new long[Split.values().length],
              weighed.question().target(),
              plan.recipe().seed(),
              place.options().threads(),
              folder.resolve("weighed-read"),
              place.listener());
      Trainer trainer = (Trainer) OperatorTasks.operator(plan.registry(), weighed.trainer());
      return CrossValidation.of(trainer, training.counted());
    } catch (DataException e) {
      // The version is there: that a question has no answer is told, no more.
      Map<String, @Nullable Object> told = new LinkedHashMap<>();
      told.put("failed", e.code());
      return told;
    } finally {
      place.workspace().clear(folder);
    }
  }

  /** Returns what was answered of {@code step} as plain values, if it was asked for. */
  Optional<Map<String, @Nullable Object>> of(String step) throws IOException {
    for (Plan.Weighed weighed : plan.weighed()) {
      if (weighed.step().equals(step) && areThere(weighed)) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("target", weighed.question().target());
        told.put("fields", weighed.question().fields());
        told.put("trainer", weighed.trainer().operator());
        told.put("folds", (long) CrossValidation.FOLDS);
        told.put("before", found(weighed, weighed.before()));
        told.put("after", found(weighed, weighed.after()));
        return Optional.of(told);
      }
    }
    return Optional.empty();
  }

  private Map<String, @Nullable Object> found(Plan.Weighed weighed, Samples samples)
      throws IOException {
    return fits.find(key(weighed, samples))
        .map(Manifest.Learnt::fit)
        .map(Fit::values)
        .orElse(Map.of());
  }
}
