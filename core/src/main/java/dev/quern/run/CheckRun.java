package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckResult;
import dev.quern.check.Evidence;
import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Engine;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import dev.quern.engine.Task;
import dev.quern.engine.Traces;
import dev.quern.engine.Writing;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.recipe.Recipe;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the checks of one run, or of one stored version, measure and find sample by sample. */
final class CheckRun {
  private final Registry registry;
  private final Folds folds;
  private final Workspace workspace;
  private final Path folder;
  private final Path passing;
  private final ChangedCells changes;
  private final Map<Plan.CheckPlan, Metric> metrics = new LinkedHashMap<>();
  private long verdicts;
  private long aside;

  /**
   * Makes checks that have measured nothing.
   *
   * @param folder of the run: verdicts and samples set aside go there
   * @param passing folder for passes that keep nothing
   * @param changes whether verdicts tell values
   */
  CheckRun(
      Registry registry,
      Folds folds,
      Workspace workspace,
      Path folder,
      Path passing,
      ChangedCells changes) {
    this.changes = changes;
    this.registry = registry;
    this.folds = folds;
    this.workspace = workspace;
    this.folder = folder;
    this.passing = passing;
  }

  /** Takes what the fold {@code task} over {@code checks} has collected. */
  void measured(Engine engine, List<Plan.CheckPlan> checks, Task task, Schema schema, byte[] state)
      throws IOException {
    List<Metric> found = folds.metrics(task, schema, state);
    Comparisons comparisons = new Comparisons(workspace, folds, passing);
    for (int i = 0; i < found.size(); i++) {
      Task one = checks.get(i).task();
      boolean compared = folds.looksElsewhere(one);
      metrics.put(
          checks.get(i),
          compared
              ? comparisons.metrics(engine, one, schema, folds.part(task, schema, state, i)).get(0)
              : found.get(i));
    }
  }

  /** Takes what was measured of {@code check}. */
  void measured(Plan.CheckPlan check, Metric metric) {
    metrics.put(check, metric);
  }

  /** Returns the results of {@code checks}, all of which have been measured. */
  List<CheckResult> results(List<Plan.CheckPlan> checks, Evidence evidence) {
    List<CheckResult> results = new ArrayList<>();
    for (Plan.CheckPlan plan : checks) {
      Metric metric = metrics.get(plan);
      if (metric == null) {
        throw new IllegalStateException("check must be measured; found: " + plan.check().name());
      }
      results.add(plan.check().evaluate(metric, evidence));
    }
    return results;
  }

  /** Returns the values of the metrics of {@code checks}, as the history keeps them. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(
        (plan, metric) ->
            metric.value().ifPresent(value -> values.put(plan.check().metric(), value)));
    return values;
  }

  /** Returns how many failing verdicts were written. */
  long verdicts() {
    return verdicts;
  }

  /** Returns how many samples were set aside. */
  long aside() {
    return aside;
  }

  /**
   * Writes the failing verdicts of those of {@code checks} that {@code wanted} asks for, and that
   * have any, into {@code verdicts/}.
   *
   * @param samples what was measured
   * @param task the fold that measured it, with its state
   */
  void tell(
      Engine engine,
      Samples samples,
      List<Plan.CheckPlan> checks,
      Task task,
      byte[] state,
      Map<Plan.CheckPlan, CheckResult> results,
      Recipe.Verdicts wanted)
      throws IOException {
    List<Integer> positions = new ArrayList<>();
    List<Plan.CheckPlan> told = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      if (isTold(checks.get(i), results, wanted)) {
        positions.add(i);
        told.add(checks.get(i));
      }
    }
    if (told.isEmpty()) {
      return;
    }
    Fit first = MetricSet.only(folds.judged(task, samples.schema(), state), positions);
    Fit fit = completed(engine, samples, told, first, changes);
    verdicts +=
        judged(
            engine,
            samples,
            told,
            fit,
            JudgeMapping.Gives.VERDICTS,
            JudgeMapping.VERDICT,
            "verdicts");
  }

  private boolean isTold(
      Plan.CheckPlan plan, Map<Plan.CheckPlan, CheckResult> results, Recipe.Verdicts wanted) {
    Metric metric = metrics.get(plan);
    if (metric == null || !mayFail(plan, metric)) {
      return false;
    }
    CheckResult result = results.get(plan);
    boolean asked =
        wanted == Recipe.Verdicts.ALL
            || wanted == Recipe.Verdicts.FAILED
                && (plan.check().failing() == Check.Failing.ASIDE
                    || result != null && !result.isPassed());
    return asked;
  }

  private static boolean mayFail(Plan.CheckPlan plan, Metric metric) {
    return plan.check().judging().mayFail(metric, plan.check().limits());
  }

  /**
   * Returns {@code fit} with what a second fold over {@code samples} collects, where an analyzer of
   * {@code checks} takes one.
   *
   * @param told whether values are told
   */
  Fit completed(
      Engine engine, Samples samples, List<Plan.CheckPlan> checks, Fit fit, ChangedCells told)
      throws IOException {
    Task task = Plan.measuring("look", checks, JudgeMapping.Gives.METRICS, told);
    if (!folds.looksAgain(task, samples.schema(), fit)) {
      return fit;
    }
    String key = Digest.ofText("look\n" + task.identity() + "\n" + samples.key());
    workspace.fits().put(key, "judge", MetricSet.NAME, fit);
    Task look = task.fitted(key);
    Pass pass = Pass.fold(samples, List.of(new Pass.Fold(look, samples)), passing.resolve("look"));
    PassResult result = engine.execute(pass, Progress.NONE);
    Fit completed = folds.completed(look, samples.schema(), fit, result.states().get(0));
    workspace.clear(passing);
    return completed;
  }

  /** Writes the samples that fail one of {@code checks} into {@code aside/}. */
  void setAside(Engine engine, Samples samples, List<Plan.CheckPlan> checks, Fit fit)
      throws IOException {
    boolean fail =
        checks.stream()
            .anyMatch(
                check -> {
                  Metric metric = metrics.get(check);
                  return metric != null && mayFail(check, metric);
                });
    if (fail) {
      Schema schema = JudgeMapping.aside(samples.schema());
      aside += judged(engine, samples, checks, fit, JudgeMapping.Gives.FAILING, schema, "aside");
    }
  }

  private long judged(
      Engine engine,
      Samples samples,
      List<Plan.CheckPlan> checks,
      Fit fit,
      JudgeMapping.Gives gives,
      Schema schema,
      String name)
      throws IOException {
    Task task = Plan.measuring("judge", checks, gives, changes);
    String key = Digest.ofText("judged\n" + task.identity() + "\n" + samples.key());
    workspace.fits().put(key, "judge", MetricSet.NAME, fit);
    Path into = Files.createDirectories(folder.resolve(name));
    int before = files(into).size();
    Path pass = passing.resolve(name + "-" + before);
    Pass.Output output = new Pass.Output.Written(writer(gives), into);
    PassResult result =
        engine.execute(
            new Pass(
                samples.map(task.fitted(key), schema),
                output,
                List.of(),
                pass,
                Set.of(),
                new Traces(DroppedSamples.NONE, ChangedCells.NONE)),
            Progress.NONE);
    rename(result, into, before);
    workspace.clear(passing);
    return result.stored().samples();
  }

  /**
   * Files are named by their content until their order is known; encrypted ones are bound to their
   * names.
   */
  private void rename(PassResult result, Path into, int before) throws IOException {
    int number = before;
    for (Shard shard : result.stored().shards()) {
      Path file = Path.of(shard.path());
      Path named = into.resolve(String.format(Locale.ROOT, "%04d.jsonl", number++));
      if (workspace.files().encryption().isEmpty()) {
        Files.move(file, named);
      } else {
        workspace.files().copy(file, Writing.unnamed(into), named);
        Files.delete(file);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Task writer(JudgeMapping.Gives gives) {
    OperatorSpec spec = registry.find("export.jsonl").orElseThrow();
    // Verdicts name their sample in a field of their own.
    Map<String, @Nullable Object> ids =
        gives == JudgeMapping.Gives.FAILING ? Map.of("ids", "stored") : Map.of();
    return new Task(
        "judged",
        spec.name(),
        spec.revision(),
        Json.canonical(ids),
        Task.Scope.ALL,
        Optional.empty());
  }
}
