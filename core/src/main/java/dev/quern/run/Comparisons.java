package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.Engine;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.operator.Metric;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Metrics of a run's version, compared with another version where the analyzer asks for one. */
final class Comparisons {
  private final Workspace workspace;
  private final Folds folds;
  private final Path place;
  private int passes;

  /**
   * Makes the comparisons of a run.
   *
   * @param place a folder for passes that keep nothing
   */
  Comparisons(Workspace workspace, Folds folds, Path place) {
    this.workspace = workspace;
    this.folds = folds;
    this.place = place;
  }

  /**
   * Returns the metrics of {@code state}. A dataset without any version is nothing to compare with:
   * the metric has no value, as where there are no samples.
   */
  List<Metric> metrics(Engine engine, Task task, Schema schema, byte[] state) throws IOException {
    Optional<Reference> named = folds.reference(task).map(Reference::parse);
    if (named.isEmpty() || !workspace.datasets().names().contains(named.get().name())) {
      return folds.metrics(task, schema, state);
    }
    if (named.get().version().isEmpty()
        && workspace.datasets().head(named.get().name()).isEmpty()) {
      return folds.metrics(task, schema, state);
    }
    Manifest manifest = workspace.datasets().resolve(named.get());
    Samples samples = Samples.stored(workspace.datasets().stored(manifest, 0));
    Path folder = place.resolve("reference-" + ++passes);
    PassResult result =
        engine.execute(
            Pass.fold(samples, List.of(new Pass.Fold(task, samples)), folder), Progress.NONE);
    List<Metric> metrics =
        folds.metrics(task, schema, state, manifest.schema(), result.states().get(0));
    workspace.clear(place);
    return metrics;
  }
}
