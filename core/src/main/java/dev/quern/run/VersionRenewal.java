package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import dev.quern.engine.Task;
import dev.quern.engine.Traces;
import dev.quern.engine.local.LocalEngine;
import dev.quern.format.parquet.FieldEncryption;
import dev.quern.format.parquet.VersionReading;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.store.Manifest;
import dev.quern.store.Renewal;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Measures versions again of which samples are forgotten, and takes out of reports what may hold
 * values. States of analyzers that this program does not know, or knows in another revision, are
 * left out.
 */
public final class VersionRenewal implements Renewal {
  /** Parts of a report that hold values of samples, or numbers that single samples decide. */
  private static final List<String> VALUES =
      List.of(
          "profile",
          "profile_before",
          "learnt",
          "quality",
          "history_warnings",
          "keep_curves",
          "anonymisations",
          "attacks",
          "model",
          "quarantine_first");

  private final Registry registry;
  private final RunOptions options;

  /** Makes one for the workspace of {@code options}. */
  public VersionRenewal(Registry registry, RunOptions options) {
    this.registry = registry;
    this.options = options;
  }

  @Override
  public Manifest measured(Manifest manifest, List<Manifest.State> before) throws IOException {
    List<Task> tasks = new ArrayList<>();
    tasks.add(Profiles.task(registry, encrypted(manifest)));
    for (Manifest.State state : before) {
      Task task =
          new Task(
              "measure-" + tasks.size(),
              state.operator(),
              state.revision(),
              state.parameters(),
              Task.Scope.ALL,
              Optional.empty());
      boolean known =
          registry
              .find(state.operator())
              .filter(spec -> spec.revision() == state.revision())
              .isPresent();
      if (known && tasks.stream().noneMatch(other -> isLike(other, task))) {
        tasks.add(task);
      }
    }
    return manifest.samples() == 0 ? manifest : measured(manifest, tasks, before.isEmpty());
  }

  /** Encrypted fields, at which a profile never looks: it would tell their values in clear. */
  private List<String> encrypted(Manifest manifest) throws IOException {
    Set<String> fields = new TreeSet<>();
    for (Shard shard : manifest.shards()) {
      Path file = options.workspace().resolve(shard.path());
      FieldEncryption.of(file, options.fieldKeys(), manifest.dataset())
          .ifPresent(encryption -> fields.addAll(encryption.fields()));
    }
    return List.copyOf(fields);
  }

  private static boolean isLike(Task a, Task b) {
    return a.operator().equals(b.operator()) && a.parameters().equals(b.parameters());
  }

  private Manifest measured(Manifest manifest, List<Task> tasks, boolean isBare)
      throws IOException {
    Workspace workspace =
        new Workspace(options.workspace(), options.fieldKeys()).encryptingLike(manifest);
    Path folder = new PassFolders(workspace.root(), Traces.IDS, "").passing("erasure");
    Samples samples = Samples.stored(workspace.datasets().stored(manifest, 0));
    List<Pass.Fold> folds = new ArrayList<>();
    tasks.forEach(task -> folds.add(new Pass.Fold(task, samples)));
    try (LocalEngine engine = engine(workspace)) {
      PassResult result = engine.execute(Pass.fold(samples, folds, folder), Progress.NONE);
      Folds read = new Folds(registry, new RunContext(0), options.secrets(), workspace.fits());
      Schema schema = manifest.schema();
      Map<String, Object> profile =
          Profiles.plain(read.metrics(tasks.get(0), schema, result.states().get(0)), schema);
      List<Manifest.State> states = new ArrayList<>();
      for (int i = 0; i < tasks.size() && !isBare; i++) {
        Task task = tasks.get(i);
        Optional<Shard> file = workspace.states().put(result.states().get(i), manifest.samples());
        file.ifPresent(
            f ->
                states.add(
                    new Manifest.State(task.operator(), task.revision(), task.parameters(), f)));
      }
      return manifest.measured(states, new LinkedHashMap<>(profile));
    } finally {
      workspace.clear(folder);
    }
  }

  private LocalEngine engine(Workspace workspace) {
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

  @Override
  public Map<String, @Nullable Object> report(Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(report);
    VALUES.forEach(changed::remove);
    if (changed.get("checks") instanceof List<?> checks) {
      changed.put("checks", checks.stream().map(VersionRenewal::withoutValues).toList());
    }
    return changed;
  }

  /** What a check measured may be the value of one sample: an extremum, a mode. */
  private static Object withoutValues(Object check) {
    if (!(check instanceof Map<?, ?> plain)) {
      return check;
    }
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    plain.forEach(
        (name, value) -> {
          if (!List.of("value", "measured", "interval", "message").contains(name)) {
            changed.put(String.valueOf(name), value);
          }
        });
    return changed;
  }

  @Override
  public String page(Map<String, @Nullable Object> report) {
    return ReportPage.render(report, String.valueOf(report.get("language")));
  }
}
