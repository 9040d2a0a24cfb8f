package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.PassResult;
import dev.quern.engine.Shard;
import dev.quern.engine.Task;
import dev.quern.operator.Metric;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run has measured of its version: read, merged with what was stored, stored itself. */
final class Measurements {
  private final Plan plan;
  private final Workspace workspace;
  private final Folds folds;
  private final List<Manifest.State> states = new ArrayList<>();

  /** By the step of the task, the profile first. */
  private final Map<String, QualityMeasures.Measured> measured = new LinkedHashMap<>();

  /** What passes over samples and their references have found, by check. */
  private final Map<String, PassResult> compared = new LinkedHashMap<>();

  private Map<String, Object> profile = Map.of();

  Measurements(Plan plan, Workspace workspace, Folds folds) {
    this.plan = plan;
    this.workspace = workspace;
    this.folds = folds;
  }

  /** Takes what the pass of the check {@code step} over samples and their reference has found. */
  void compared(String step, PassResult result) {
    compared.put(step, result);
  }

  /** Takes what was collected while the version of {@code point} was written. */
  void of(Plan.Point.Publishing point, PassResult written) throws IOException {
    Schema schema = written.stored().schema();
    long samples = written.stored().samples();
    int next = 0;
    for (Plan.Measure measure : point.measures()) {
      List<byte[]> parts = new ArrayList<>();
      for (Plan.StoredState stored : measure.stored()) {
        parts.add(workspace.states().read(stored.state().file()));
      }
      for (int i = 0; i < measure.at().size(); i++) {
        parts.add(written.states().get(next++));
      }
      Task task = measure.task();
      add(task, schema, folds.merged(task, schema, parts), samples);
    }
    profile = Profiles.plain(found(point.measures().get(0).task().step()).metrics(), schema);
    for (Plan.CheckPlan check : plan.checks()) {
      PassResult found = compared.get(check.task().step());
      if (found != null) {
        Schema joined = check.compared().orElseThrow().schema();
        add(check.task(), joined, found.states().get(0), samples);
      }
    }
  }

  private void add(Task task, Schema schema, byte[] state, long samples) throws IOException {
    Optional<Shard> file = workspace.states().put(state, samples);
    file.ifPresent(
        f ->
            states.add(new Manifest.State(task.operator(), task.revision(), task.parameters(), f)));
    measured.put(
        task.step(),
        new QualityMeasures.Measured(
            task.operator(),
            task.parameters(),
            folds.metrics(task, schema, state),
            file.stream().map(Shard::sha256).toList()));
  }

  /** Returns the metric that the check {@code step} compares. */
  Metric metric(String step) {
    return found(step).metrics().get(0);
  }

  private QualityMeasures.Measured found(String step) {
    QualityMeasures.Measured one = measured.get(step);
    if (one == null) {
      throw new IllegalStateException("every check must be measured; found: not " + step);
    }
    return one;
  }

  /** Returns the profile as reports and manifests hold it. */
  Map<String, Object> profile() {
    return profile;
  }

  /** Returns the states that were stored, for the manifest. */
  List<Manifest.State> states() {
    return states;
  }

  /** Returns everything that was measured, the profile first. */
  List<QualityMeasures.Measured> measured() {
    return List.copyOf(measured.values());
  }
}
