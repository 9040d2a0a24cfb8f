package dev.quern.run;

import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a recipe only joins stored versions and new sources, with no step between: what was
 * measured of the versions is merged, and only the new sources are folded.
 */
final class Joining {
  private final Workspace workspace;
  private final Samples whole;
  private final List<Samples> fresh = new ArrayList<>();
  private final Map<Samples, Manifest> stored = new LinkedHashMap<>();
  private boolean plain = true;

  private Joining(Workspace workspace, Samples whole) {
    this.workspace = workspace;
    this.whole = whole;
  }

  /** Looks at what {@code samples} are made of; {@code sources} tell of which versions they are. */
  static Joining of(Samples samples, List<Plan.SourcePlan> sources, Workspace workspace)
      throws IOException {
    Joining joining = new Joining(workspace, samples);
    joining.look(samples, sources);
    return joining;
  }

  private void look(Samples samples, List<Plan.SourcePlan> sources) throws IOException {
    if (samples instanceof Samples.United united) {
      for (Samples input : united.inputs()) {
        look(input, sources);
      }
    } else if (samples instanceof Samples.FromStored from) {
      version(from, sources);
    } else if (samples instanceof Samples.Read) {
      fresh.add(samples);
    } else {
      plain = false;
    }
  }

  /** Roles given by the recipe change what is measured: then the version is folded as well. */
  private void version(Samples.FromStored from, List<Plan.SourcePlan> sources) throws IOException {
    for (Plan.SourcePlan source : sources) {
      if (!source.parent().isEmpty() && source.contentKey().equals(from.stored().key())) {
        Manifest manifest = workspace.datasets().resolve(Reference.parse(source.parent()));
        if (manifest.schema().equals(from.schema())) {
          stored.put(from, manifest);
        } else {
          fresh.add(from);
        }
        return;
      }
    }
    plain = false;
  }

  /** Returns how {@code task} is measured of all samples with as little reading as can be. */
  Plan.Measure measure(Task task) throws IOException {
    return measure(task, List.of(task));
  }

  /** Returns the same for a task that does the work of {@code parts} in one fold. */
  Plan.Measure measure(Task task, List<Task> parts) throws IOException {
    List<Plan.StoredState> merged = new ArrayList<>();
    List<Samples> folded = new ArrayList<>(fresh);
    for (Map.Entry<Samples, Manifest> version : stored.entrySet()) {
      state(parts, version.getValue())
          .ifPresentOrElse(merged::add, () -> folded.add(version.getKey()));
    }
    return plain && !merged.isEmpty()
        ? new Plan.Measure(task, folded, merged)
        : new Plan.Measure(task, List.of(whole), List.of());
  }

  private Optional<Plan.StoredState> state(List<Task> parts, Manifest version) throws IOException {
    List<Manifest.State> states = new ArrayList<>();
    for (Task part : parts) {
      state(part, version).ifPresent(states::add);
    }
    return states.size() == parts.size()
        ? Optional.of(new Plan.StoredState(version.reference().toString(), states))
        : Optional.empty();
  }

  private Optional<Manifest.State> state(Task task, Manifest version) throws IOException {
    for (Manifest.State state : version.states()) {
      if (state.operator().equals(task.operator())
          && state.revision() == task.revision()
          && state.parameters().equals(task.parameters())
          && workspace.states().isThere(state.file())) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
