package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored states of versions merged: what one fold over all their samples would have collected,
 * without a shard being read.
 */
public final class MergedStates {
  private static final String AS_OF = "as_of";

  private final Registry registry;
  private final Workspace workspace;
  private final Folds folds;

  /** Makes what merges states that lie in {@code workspace}. */
  public MergedStates(Registry registry, Workspace workspace) {
    this.registry = registry;
    this.workspace = workspace;
    // States are only read and merged here: nothing draws and nothing asks for a key.
    this.folds = new Folds(registry, new RunContext(0), Secrets.NONE, workspace.fits());
  }

  /**
   * What an analyzer has collected of all samples of some versions.
   *
   * @param operator name of the analyzer
   * @param parameters its parameters in canonical form
   * @param state the merged state
   * @param ids SHA-256 of the stored states it was merged of, in the order of the versions
   * @param metrics what follows from it
   */
  public record Merged(
      String operator, String parameters, byte[] state, List<String> ids, List<Metric> metrics) {}

  /**
   * Returns what is known of the union of {@code versions}, a sample that two of them share counted
   * twice: one entry for each analyzer that measured all of them with the same parameters.
   *
   * @throws DataException if their fields differ, or a state is damaged
   */
  public List<Merged> of(List<Manifest> versions) throws IOException {
    return of(versions, Optional.empty());
  }

  /**
   * Returns the same as of another moment: analyzers that tell ages are asked anew of their states.
   *
   * @param asOf the moment, as the parameter {@code as_of} takes it
   * @throws DataException if it is none, or as {@link #of(List)}
   */
  public List<Merged> of(List<Manifest> versions, Optional<String> asOf) throws IOException {
    Manifest first = versions.get(0);
    for (Manifest version : versions) {
      if (!version.schema().equals(first.schema())) {
        throw new DataException(
            "fields_differ",
            "versions must have the same fields, types and roles to be measured together; found: "
                + first.reference()
                + " and "
                + version.reference()
                + ", which differ");
      }
    }
    List<Merged> all = new ArrayList<>();
    for (Manifest.State state : first.states()) {
      List<Manifest.State> alike = alike(state, versions);
      boolean known =
          registry
              .find(state.operator())
              .filter(spec -> spec.revision() == state.revision())
              .isPresent();
      if (known && alike.size() == versions.size()) {
        all.add(merged(alike, first.schema(), asOf));
      }
    }
    return all;
  }

  private static List<Manifest.State> alike(Manifest.State state, List<Manifest> versions) {
    List<Manifest.State> alike = new ArrayList<>();
    for (Manifest version : versions) {
      version.states().stream().filter(state::isLike).findFirst().ifPresent(alike::add);
    }
    return alike;
  }

  private Merged merged(List<Manifest.State> states, Schema schema, Optional<String> asOf)
      throws IOException {
    Manifest.State first = states.get(0);
    Task task =
        new Task(
            "measure",
            first.operator(),
            first.revision(),
            asOf.isPresent() ? asOf(first, asOf.get()) : first.parameters(),
            Task.Scope.ALL,
            Optional.empty());
    List<byte[]> parts = new ArrayList<>();
    for (Manifest.State state : states) {
      parts.add(workspace.states().read(state.file()));
    }
    byte[] whole = folds.merged(task, schema, parts);
    List<String> ids = states.stream().map(state -> state.file().sha256()).toList();
    return new Merged(
        first.operator(), task.parameters(), whole, ids, folds.metrics(task, schema, whole));
  }

  /** What a state holds does not depend on the moment that is asked for: only the metrics do. */
  private String asOf(Manifest.State state, String moment) {
    OperatorSpec spec = registry.find(state.operator()).orElseThrow();
    if (spec.params().stream().noneMatch(param -> param.name().equals(AS_OF))) {
      return state.parameters();
    }
    Map<String, @Nullable Object> given = new LinkedHashMap<>(Json.parseObject(state.parameters()));
    given.put(AS_OF, moment);
    List<Params.Problem> problems = new ArrayList<>();
    return Params.read(spec.params(), given, problems)
        .map(Params::canonical)
        .orElseThrow(
            () -> new DataException("not_a_time", AS_OF + " " + problems.get(0).message()));
  }
}
