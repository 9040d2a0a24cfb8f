package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.Metric;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.store.Manifest;
import dev.quern.store.StoredFits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each threshold of a score keeps, as steps have learnt it ({@code keep_curve} of their fit),
 * and what a model is worth that is trained on it.
 */
final class KeepCurves {
  private static final String MODEL_AT = "model_at";

  private final Plan plan;
  private final StoredFits fits;

  KeepCurves(Plan plan, StoredFits fits) {
    this.plan = plan;
    this.fits = fits;
  }

  /** Adds what is wrong with thresholds at which a model is to be trained. */
  static void examine(
      Plan.StepPlan step, Position place, Schema result, boolean trained, List<Problem> problems) {
    Map<String, @Nullable Object> params = Json.parseObject(step.task().parameters());
    if (!(params.get(MODEL_AT) instanceof List<?> thresholds) || thresholds.isEmpty()) {
      return;
    }
    String field = String.valueOf(params.get("field"));
    String wrong =
        !trained
            ? "a recipe with a model and a test split; found: one without"
            : result.field(field).isEmpty()
                ? "the score among the fields of the version; found: no field " + field
                : "";
    if (!wrong.isEmpty()) {
      problems.add(new Problem(place, "does_not_fit", MODEL_AT + " must have " + wrong));
    }
  }

  /** Returns the curves of the fits that have been computed. */
  List<Object> plain() throws IOException {
    List<Object> curves = new ArrayList<>();
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        Optional<Map<String, @Nullable Object>> found = learnt(fitting);
        if (found.isPresent()) {
          Map<String, @Nullable Object> curve = new LinkedHashMap<>();
          curve.put("step", fitting.step());
          curve.put("score", found.get().get("score"));
          curve.put("above", found.get().get("above"));
          curve.putAll(Json.object(found.get().get("keep_curve")));
          List<Object> models = models(fitting, found.get());
          if (!models.isEmpty()) {
            curve.put("models", models);
          }
          curves.add(curve);
        }
      }
    }
    return curves;
  }

  private Optional<Map<String, @Nullable Object>> learnt(Plan.Point.Fitting fitting)
      throws IOException {
    return fits.find(fitting.key())
        .map(Manifest.Learnt::fit)
        .map(Fit::values)
        .filter(values -> values.get("keep_curve") != null);
  }

  private List<Object> models(Plan.Point.Fitting fitting, Map<String, @Nullable Object> learnt)
      throws IOException {
    List<Object> models = new ArrayList<>();
    if (plan.training().isPresent()) {
      for (double threshold : thresholds(learnt)) {
        fits.find(key(fitting, threshold)).ifPresent(found -> models.add(found.fit().values()));
      }
    }
    return models;
  }

  private static List<Double> thresholds(Map<String, @Nullable Object> learnt) {
    List<Double> thresholds = new ArrayList<>();
    for (Object one : Json.list(learnt.get(MODEL_AT))) {
      if (one instanceof Number threshold) {
        thresholds.add(threshold.doubleValue());
      }
    }
    return thresholds;
  }

  private String key(Plan.Point.Fitting fitting, double threshold) {
    String model = plan.training().map(Plan.TrainingPlan::key).orElse("");
    return Digest.ofText("keep curve\n" + fitting.key() + "\n" + model + "\n" + threshold);
  }

  /** Trains at the thresholds that are asked for, unless an earlier run has done so. */
  void train(Training whole) throws IOException {
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        Optional<Map<String, @Nullable Object>> found = learnt(fitting);
        if (found.isPresent()) {
          int score = whole.schema().indexOf(String.valueOf(found.get().get("score")));
          for (double threshold : thresholds(found.get())) {
            if (fits.find(key(fitting, threshold)).isEmpty()) {
              train(fitting, new KeptTraining(whole, score, threshold), threshold);
            }
          }
        }
      }
    }
  }

  private void train(Plan.Point.Fitting fitting, KeptTraining kept, double threshold)
      throws IOException {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    model.put("threshold", threshold);
    model.put("train_samples", kept.samples(Split.TRAIN));
    model.put("test_samples", kept.samples(Split.TEST));
    List<Object> metrics = new ArrayList<>();
    if (kept.samples(Split.TRAIN) > 0) {
      Trainer trainer = (Trainer) plan.training().orElseThrow().spec().trainer().operator();
      TrainedModel trained = trainer.train(kept);
      for (Metric metric : trained.metrics()) {
        if (metric.part().isEmpty()) {
          metrics.add(metric.plain());
        }
      }
    }
    model.put("metrics", metrics);
    fits.put(key(fitting, threshold), fitting.step(), fitting.task().operator(), new Fit(model));
  }
}
