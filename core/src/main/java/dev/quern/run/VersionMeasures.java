package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.data.Schema;
import dev.quern.engine.Engine;
import dev.quern.engine.PassResult;
import dev.quern.engine.Shard;
import dev.quern.engine.Task;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run measures of the version that it writes: profile, checks, quality. */
final class VersionMeasures {
  private final Plan plan;
  private final Workspace workspace;
  private final Folds folds;
  private final CheckRun checks;
  private final Withheld withheld;
  private final Path passing;
  private final List<QualityMeasures.Measured> measured = new ArrayList<>();
  private final List<Manifest.State> states = new ArrayList<>();
  private Map<String, Object> profiled = Map.of();

  /** What the fold of the checks has collected. */
  private byte[] checked = new byte[0];

  /**
   * Makes measures of nothing.
   *
   * @param checks receives the metrics of checks
   * @param passing folder for passes that keep nothing
   */
  VersionMeasures(
      Plan plan,
      Workspace workspace,
      Folds folds,
      CheckRun checks,
      Withheld withheld,
      Path passing) {
    this.plan = plan;
    this.workspace = workspace;
    this.folds = folds;
    this.checks = checks;
    this.withheld = withheld;
    this.passing = passing;
  }

  /** Returns all metrics, by what was measured. */
  List<QualityMeasures.Measured> all() {
    return measured;
  }

  /** Returns the states that were stored. */
  List<Manifest.State> states() {
    return states;
  }

  /** Returns the profile as plain values, empty before it was measured. */
  Map<String, Object> profiled() {
    return profiled;
  }

  /** Returns what the fold of the checks has collected. */
  byte[] checked() {
    return checked;
  }

  /**
   * Reads, merges and stores what was collected of the version, the profile first.
   *
   * @param beside what passes over samples and their references have found, by step of the check
   */
  void measure(
      Engine engine,
      Plan.Point.Publishing point,
      PassResult written,
      Map<String, PassResult> beside)
      throws IOException {
    Comparisons comparisons = new Comparisons(workspace, folds, passing);
    Schema schema = written.stored().schema();
    long samples = written.stored().samples();
    int next = 0;
    for (Plan.Measure measure : point.measures()) {
      Task task = measure.task();
      List<byte[]> parts = new ArrayList<>();
      for (Plan.StoredState stored : measure.stored()) {
        parts.add(stored(task, stored));
      }
      for (int i = 0; i < measure.at().size(); i++) {
        parts.add(written.states().get(next++));
      }
      byte[] state = folds.merged(task, schema, parts);
      if (!task.operator().equals(MetricSet.NAME)) {
        measured(engine, comparisons, task, schema, state, samples);
        continue;
      }
      checked = state;
      List<Plan.CheckPlan> kept = plan.checks(Check.Failing.KEEP);
      for (int i = 0; i < kept.size(); i++) {
        byte[] part = folds.part(task, schema, state, i);
        Task one = kept.get(i).task();
        checks.measured(
            kept.get(i), measured(engine, comparisons, one, schema, part, samples).get(0));
      }
    }
    profiled = Profiles.plain(measured.get(0).metrics(), schema);
    for (Plan.CheckPlan check : plan.checks()) {
      PassResult found = beside.get(check.task().step());
      if (found != null) {
        Schema joined = check.compared().orElseThrow().schema();
        byte[] state = found.states().get(0);
        checks.measured(
            check, measured(engine, comparisons, check.task(), joined, state, samples).get(0));
      }
    }
  }

  private byte[] stored(Task task, Plan.StoredState stored) throws IOException {
    List<byte[]> states = new ArrayList<>();
    for (Manifest.State state : stored.states()) {
      states.add(workspace.states().read(state.file()));
    }
    return task.operator().equals(MetricSet.NAME)
        ? MetricSet.States.written(states)
        : states.get(0);
  }

  private List<Metric> measured(
      Engine engine, Comparisons comparisons, Task task, Schema schema, byte[] state, long samples)
      throws IOException {
    Optional<Shard> file = workspace.states().put(state, samples);
    file.ifPresent(
        f ->
            states.add(new Manifest.State(task.operator(), task.revision(), task.parameters(), f)));
    List<Metric> metrics = comparisons.metrics(engine, task, schema, state);
    measured.add(
        new QualityMeasures.Measured(
            task.operator(),
            task.parameters(),
            withheld.metrics(metrics),
            file.stream().map(Shard::sha256).toList()));
    return metrics;
  }
}
