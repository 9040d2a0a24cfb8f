package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.contract.Contract;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.Pass;
import dev.quern.engine.Samples;
import dev.quern.engine.Source;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.MetricSet;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.Weighing;
import dev.quern.recipe.ModelSpec;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.WriteSpec;
import dev.quern.store.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recipe bound to the schemas of its data: every step knows its fields before and after, and the
 * points at which the run will stop to keep something are known. Nothing has been computed.
 *
 * @param registry the operators it was bound with
 * @param recipe the recipe
 * @param sources where samples come from
 * @param steps what is done with them, in order
 * @param points what has to be computed, in order; the last one writes the version
 * @param result the samples of the version
 * @param checks assertions on the version, each with its fold
 * @param notExecuted rules of contracts that cannot be executed
 * @param training the model to train
 * @param without the samples of the version without single steps, to tell what those cost a model
 * @param weighed questions that tell what single steps cost
 * @param hierarchies how values of the version became coarser, by field, see {@link Hierarchies}
 * @param sets what was changed in the recipe for this run, {@code path=value} each
 */
public record Plan(
    Registry registry,
    Recipe recipe,
    List<SourcePlan> sources,
    List<StepPlan> steps,
    List<Point> points,
    Samples result,
    List<CheckPlan> checks,
    List<Contract.Skipped> notExecuted,
    Optional<TrainingPlan> training,
    List<Without> without,
    List<Weighed> weighed,
    Map<String, List<Object>> hierarchies,
    List<String> sets) {

  /**
   * Returns the key by which all is encrypted that the run keeps of samples, {@code key:NAME@ID} or
   * a secret; empty for a recipe that encrypts nothing.
   */
  Optional<String> encryption() {
    Point last = points.get(points.size() - 1);
    Object key = Json.parseObject(((Point.Publishing) last).writer().parameters()).get("key");
    return Optional.ofNullable(key).map(String::valueOf);
  }

  /** Returns the fields that are encrypted in the version's files. */
  List<String> encryptedFields() {
    return recipe
        .write()
        .flatMap(WriteSpec::encryption)
        .map(WriteSpec.Encryption::fields)
        .orElse(List.of());
  }

  /**
   * A source.
   *
   * @param label unique in the recipe
   * @param source how the reader knows it
   * @param operator the reader's name, or {@code dataset}
   * @param files number of files
   * @param bytes their size as stored
   * @param contentKey identifies their content
   * @param schema the fields as read
   * @param parent the dataset version it is, {@code name@version}, empty for a reader
   * @param use what its samples are for
   */
  public record SourcePlan(
      String label,
      Source source,
      String operator,
      int files,
      long bytes,
      String contentKey,
      Schema schema,
      String parent,
      Use use) {
    /** What samples of a source are for. */
    public enum Use {
      /** They become the version's. */
      SAMPLES,
      /** A check compares the version with them. */
      REFERENCE
    }

    /** Returns this source as the reference of a check. */
    SourcePlan asReference() {
      return new SourcePlan(
          label, source, operator, files, bytes, contentKey, schema, parent, Use.REFERENCE);
    }
  }

  /**
   * A step.
   *
   * @param task the task of its operator, with the key of the fit if it has one
   * @param spec the operator's description
   * @param operator the operator
   * @param line where it stands in the recipe
   * @param input fields before it
   * @param output fields after it
   * @param serving where it runs when the model is served
   * @param shared whether all raw samples pass it: false in a branch that only looks things up
   */
  public record StepPlan(
      Task task,
      OperatorSpec spec,
      Operator operator,
      int line,
      Schema input,
      Schema output,
      Serving serving,
      Path shared) {
    /** On which way of the recipe a step lies. */
    public enum Path {
      MAIN,
      SIDE
    }
  }

  /** Something the run computes and keeps. */
  public sealed interface Point {
    /** Returns the label of the step it belongs to. */
    String step();

    /** Returns the samples it needs. */
    Samples samples();

    /**
     * What a fitter learns.
     *
     * @param task the fold
     * @param key what the fit is stored under
     * @param samples what is learnt from
     * @param keep whether the samples are stored on the way, because they come from sources
     */
    record Fitting(String step, Task task, String key, Samples samples, Keep keep)
        implements Point {}

    /**
     * Checks whose failing samples leave.
     *
     * @param task the fold of all of them
     * @param key what their fit is stored under
     * @param samples what is judged, beside a reference where a check has one
     * @param keep whether the samples are stored on the way
     * @param checks in the order of the fold
     */
    record Judging(
        String step, Task task, String key, Samples samples, Keep keep, List<CheckPlan> checks)
        implements Point {
      /** Returns whether the samples are compared with a reference. */
      boolean compares() {
        return checks.stream().anyMatch(check -> check.compared().isPresent());
      }

      /** Returns what reports call it. */
      String kind() {
        return compares() ? "compare" : "fit";
      }
    }

    /**
     * What a learner learns.
     *
     * @param task the learner's task, without a fit
     * @param key what the fit is stored under
     * @param samples what is learnt from; kept by a point before
     */
    record Learning(String step, Task task, String key, Samples samples) implements Point {}

    /** The samples behind a shuffle. */
    record Keeping(String step, Samples samples) implements Point {}

    /**
     * A check that compares the samples of the version with a reference.
     *
     * @param samples those of the version, each with what the reference says
     * @param task the fold
     */
    record Comparing(String step, Samples samples, Task task) implements Point {}

    /** The version: its shards, and what is measured of it, the profile first. */
    record Publishing(String step, Samples samples, Task writer, List<Measure> measures)
        implements Point {
      /** Returns the folds of all measures, in their order. */
      List<Pass.Fold> folds() {
        List<Pass.Fold> folds = new ArrayList<>();
        for (Measure measure : measures) {
          measure.at().forEach(at -> folds.add(new Pass.Fold(measure.task(), at)));
        }
        return folds;
      }
    }
  }

  /**
   * What an analyzer measures of the version.
   *
   * @param task the fold
   * @param at the samples that are folded: all of them, or those of which no state is stored
   * @param stored the states that are merged with what the folds collect
   */
  public record Measure(Task task, List<Samples> at, List<StoredState> stored) {}

  /**
   * What an earlier run has stored of {@code version}, {@code name@version}.
   *
   * @param states the state, or those of all parts of a {@link MetricSet} in their order
   */
  public record StoredState(String version, List<Manifest.State> states) {}

  /** Whether a point keeps its samples. */
  public enum Keep {
    SAMPLES,
    NOTHING
  }

  /**
   * A check.
   *
   * @param check what is asserted
   * @param task its analyzer; the folds of all checks together are {@link #measuring}
   * @param line where it stands
   * @param compared the samples with their reference, where they are compared with one
   */
  public record CheckPlan(Check check, Task task, int line, Optional<Samples> compared) {}

  /**
   * A model.
   *
   * @param spec as in the recipe
   * @param task the trainer's task
   * @param raw the fields as read, of all sources
   * @param predictions the fields of its predictions
   * @param key identifies the model: trainer, samples, target, seed
   */
  public record TrainingPlan(
      ModelSpec spec, Task task, Schema raw, Schema predictions, String key) {}

  /**
   * The samples of the version as they would be without one step; checks set none aside.
   *
   * @param step the step
   * @param samples absent if a later step or the trainer does not fit what there is without it
   * @param fits what later steps learn from these samples, in order
   */
  public record Without(String step, Optional<Samples> samples, List<Point.Fitting> fits) {}

  /**
   * Returns the checks whose failing samples go {@code where}, in the order of the recipe, without
   * those that compare with a reference, each of which is measured by itself.
   */
  List<CheckPlan> checks(Check.Failing where) {
    return checks(checks, where);
  }

  static List<CheckPlan> checks(List<CheckPlan> checks, Check.Failing where) {
    return checks.stream()
        .filter(plan -> plan.check().failing() == where && plan.compared().isEmpty())
        .toList();
  }

  /** Returns the task that measures {@code checks} in one fold. */
  static Task measuring(String step, List<CheckPlan> checks, JudgeMapping.Gives gives) {
    return measuring(step, checks, gives, ChangedCells.NONE);
  }

  /** Returns the same; {@code told} says whether verdicts tell values. */
  static Task measuring(
      String step, List<CheckPlan> checks, JudgeMapping.Gives gives, ChangedCells told) {
    List<MetricSet.Named> named = new ArrayList<>();
    for (CheckPlan plan : checks) {
      Check check = plan.check();
      named.add(new MetricSet.Named(check.name(), plan.task(), check.limits()));
    }
    return MetricSet.task(step, named, gives, told);
  }

  /**
   * What a question about a step is answered from.
   *
   * @param step the label of the step
   * @param question the question
   * @param trainer the task of what learns to answer it
   * @param before the fields it asks for before the step
   * @param after the same behind it
   */
  public record Weighed(
      String step, Weighing question, Task trainer, Samples before, Samples after) {}

  /** Returns the name of the dataset that gets a version. */
  public String dataset() {
    return recipe.write().map(write -> write.dataset()).orElse(recipe.name());
  }

  /** Returns sources, steps and checks as plain values; the caller adds the state of the points. */
  Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("recipe", recipe.name());
    plain.put("seed", recipe.seed());
    List<Object> sourceList = new ArrayList<>();
    for (SourcePlan source : sources) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", source.label());
      one.put("name", source.source().name());
      one.put("operator", source.operator());
      one.put("files", source.files());
      one.put("bytes", source.bytes());
      one.put("split", source.source().split().written());
      one.put("use", source.use().name().toLowerCase(java.util.Locale.ROOT));
      one.put("schema", plain(source.schema()));
      sourceList.add(one);
    }
    plain.put("sources", sourceList);
    List<Object> stepList = new ArrayList<>();
    for (StepPlan step : steps) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", step.task().step());
      one.put("operator", step.task().operator());
      one.put("line", step.line());
      one.put("scope", step.task().scope().name().toLowerCase(java.util.Locale.ROOT));
      one.put("serving", step.serving().name().toLowerCase(java.util.Locale.ROOT));
      one.put("input", plain(step.input()));
      one.put("output", plain(step.output()));
      stepList.add(one);
    }
    plain.put("steps", stepList);
    plain.put("dataset", dataset());
    if (!hierarchies.isEmpty()) {
      plain.put("hierarchies", hierarchies);
    }
    plain.put("checks", checks.stream().map(check -> check.check().name()).toList());
    training.ifPresent(
        t -> {
          Map<String, Object> model = new LinkedHashMap<>();
          model.put("name", t.spec().name());
          model.put("target", t.spec().target());
          model.put("trainer", t.task().operator());
          model.put("predictions", plain(t.predictions()));
          plain.put("model", model);
        });
    return plain;
  }

  /** Returns the fields of {@code schema} as plain values: name, type, roles. */
  static List<Object> plain(Schema schema) {
    List<Object> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", field.name());
      one.put("type", field.type().toString());
      if (!field.roles().isEmpty()) {
        one.put("roles", field.roles().stream().map(Role::written).toList());
      }
      fields.add(one);
    }
    return fields;
  }
}
