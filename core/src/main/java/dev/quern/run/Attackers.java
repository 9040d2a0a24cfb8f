package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.engine.DataException;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What those know who attack a version: the people in a dataset, and how values became coarser.
 *
 * @param workspace in which the dataset lies
 * @param hierarchies of the version by field, one after the other, as plain values
 */
record Attackers(Workspace workspace, Map<String, List<Object>> hierarchies) {

  /**
   * Checks that the dataset is there which {@code analyzer} attacks with: without it an attack
   * would find nothing, which looks like safety. A check that only warns has no evidence then.
   *
   * @throws BindException if it is not, or lacks the fields
   */
  void require(Analyzer<?> analyzer, Check.Level level) {
    if (!analyzer.isAttack() || analyzer.reference().isEmpty()) {
      return;
    }
    String named = analyzer.reference().get();
    Manifest known;
    try {
      known = workspace.datasets().resolve(Reference.parse(named));
    } catch (DataException | IllegalArgumentException e) {
      if (level == Check.Level.WARNING) {
        return;
      }
      throw new BindException(
          "known",
          "must attack with a dataset version of the workspace (known: NAME or NAME@VERSION); found: "
              + named
              + "; "
              + e.getMessage()
              + "; fix: run the recipe that writes it first");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      analyzer.check(known.schema());
    } catch (BindException e) {
      throw new BindException("known", "known " + named + " " + e.getMessage());
    }
  }

  /** Returns {@code task} of {@code analyzer} with what it does not know yet of hierarchies. */
  Task knowing(Task task, Analyzer<?> analyzer) {
    Optional<String> param = analyzer.hierarchies();
    Map<String, @Nullable Object> given = new LinkedHashMap<>(Json.parseObject(task.parameters()));
    if (param.isEmpty() || hierarchies.isEmpty() || given.get(param.get()) != null) {
      return task;
    }
    given.put(param.get(), new TreeMap<>(hierarchies));
    return new Task(
        task.step(),
        task.operator(),
        task.revision(),
        Json.canonical(given),
        task.scope(),
        task.fit());
  }
}
