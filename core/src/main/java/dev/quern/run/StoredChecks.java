package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckResult;
import dev.quern.check.Evidence;
import dev.quern.contract.Contract;
import dev.quern.contract.ContractReader;
import dev.quern.contract.Suggester;
import dev.quern.contract.Suggestion;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.engine.Traces;
import dev.quern.engine.local.LocalEngine;
import dev.quern.format.parquet.VersionReading;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.RecipeException;
import dev.quern.store.AuditEvent;
import dev.quern.store.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of versions that are already there: contracts held against them, and suggested. */
public final class StoredChecks {
  private final Registry registry;
  private final RunOptions options;
  private final dev.quern.store.Workspace workspace;
  private final Manifest version;
  private final Samples samples;
  private final Path passing;

  /**
   * Opens {@code version} of the workspace of {@code options}.
   *
   * @param name of this piece of work, unique among those at the same time
   */
  public StoredChecks(Registry registry, RunOptions options, Manifest version, String name)
      throws IOException {
    this.registry = registry;
    this.options = options;
    this.workspace =
        new dev.quern.store.Workspace(options.workspace(), options.fieldKeys())
            .encryptingLike(version);
    this.version = version;
    this.samples = Samples.stored(workspace.datasets().stored(version, 0));
    String reference = version.reference().toString();
    workspace
        .audit()
        .add(Instant.now(), AuditEvent.of(AuditEvent.Action.READ, reference, "checks"));
    this.passing = new PassFolders(workspace.root(), Traces.IDS, "").passing("checks-" + name);
  }

  /**
   * What was found.
   *
   * @param checks results as plain values, rules that were not executed among them
   * @param failed whether a check of level error has failed
   * @param verdicts failing verdicts written
   */
  public record Found(List<Map<String, @Nullable Object>> checks, boolean failed, long verdicts) {}

  /**
   * Holds the contract in {@code file} against the version.
   *
   * @param shown the name that places show
   * @param schema name of the contract's schema object, where not that of the dataset
   * @param told folder that receives {@code verdicts/} of failed checks, if any
   * @throws RecipeException with every problem of the contract
   */
  public Found check(Path file, String shown, Optional<String> schema, Optional<Path> told)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    ContractReader.Choice choice =
        new ContractReader.Choice(
            schema, version.dataset(), Optional.of(version.schema()), Check.Failing.KEEP);
    Optional<Contract> contract = ContractReader.read(file, shown, choice, registry, problems);
    Checks.Bound bound =
        new Checks.Bound(new Attackers(workspace, Hierarchies.of(workspace, version)));
    contract.ifPresent(c -> Checks.bind(registry, c, version.schema(), bound, problems));
    if (!problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    boolean failed = false;
    long verdicts = 0;
    if (!bound.plans().isEmpty()) {
      Folds folds =
          new Folds(
              registry,
              new RunContext(0),
              options.secrets(),
              workspace.fits(),
              source -> AttemptLog.of(workspace, version, source));
      Path folder = told.orElse(passing);
      CheckRun run = new CheckRun(registry, folds, workspace, folder, passing, ChangedCells.NONE);
      List<CheckResult> results = measured(run, bound.plans(), told.isPresent());
      results.forEach(result -> all.add(Checks.plain(result)));
      failed = results.stream().anyMatch(CheckResult::isError);
      verdicts = run.verdicts();
    }
    bound.notExecuted().forEach(skipped -> all.add(Checks.plain(skipped)));
    return new Found(all, failed, verdicts);
  }

  private List<CheckResult> measured(CheckRun run, List<Plan.CheckPlan> plans, boolean tell)
      throws IOException {
    Task task = Plan.measuring("check", plans, JudgeMapping.Gives.METRICS);
    MetricHistory history = MetricHistory.of(workspace.datasets(), version.dataset());
    try (LocalEngine engine = engine()) {
      Pass pass =
          Pass.fold(samples, List.of(new Pass.Fold(task, samples)), passing.resolve("fold"));
      PassResult result = engine.execute(pass, Progress.NONE);
      byte[] state = result.states().get(0);
      run.measured(engine, plans, task, version.schema(), state);
      Evidence evidence =
          new Evidence(
              version.samples(),
              Instant.parse(version.created()),
              metric -> history.before(metric, version.version()));
      List<CheckResult> results = run.results(plans, evidence);
      if (tell) {
        Map<Plan.CheckPlan, CheckResult> byPlan = new LinkedHashMap<>();
        for (int i = 0; i < plans.size(); i++) {
          byPlan.put(plans.get(i), results.get(i));
        }
        run.tell(engine, samples, plans, task, state, byPlan, Recipe.Verdicts.FAILED);
      }
      return results;
    } finally {
      workspace.clear(passing);
    }
  }

  /** Returns the rules that one half of the version's samples suggests and the other confirms. */
  public List<Suggestion> suggestions() throws IOException {
    Suggester suggester = new Suggester(version.schema(), version.samples());
    try (LocalEngine engine = engine()) {
      hand(engine, suggester::learn, "learn");
      hand(engine, suggester::validate, "validate");
    } finally {
      workspace.clear(passing);
    }
    return suggester.suggestions();
  }

  private void hand(LocalEngine engine, Pass.BatchReceiver receiver, String name)
      throws IOException {
    engine.execute(
        new Pass(
            samples,
            new Pass.Output.Handed(receiver),
            List.of(),
            passing.resolve(name),
            Set.of(),
            new Traces(DroppedSamples.NONE, ChangedCells.NONE)),
        Progress.NONE);
  }

  private LocalEngine engine() {
    OperatorTasks tasks = new OperatorTasks(registry, workspace.fits(), options.secrets());
    return LocalEngine.of(
        new EngineSetting(
            options.threads(),
            options.memoryBytes(),
            OptionalLong.empty(),
            tasks,
            tasks,
            new RunContext(0),
            stored ->
                new VersionReading(
                    stored,
                    stored.source(),
                    stored.schema(),
                    workspace.datasets().digests(),
                    options.fieldKeys()),
            workspace.own(),
            workspace.root().resolve("work")));
  }
}
