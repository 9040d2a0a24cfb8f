package dev.quern.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models of a server by name and version. Immutable once serving. */
public final class ServedModels implements AutoCloseable {
  private final Map<String, Map<String, ServedModel>> byName = new TreeMap<>();

  /**
   * Makes the set of {@code models}. Where one name has several versions, the first answers calls
   * that name none.
   *
   * @throws IllegalArgumentException if a version stands twice
   */
  public ServedModels(List<ServedModel> models) {
    for (ServedModel model : models) {
      Map<String, ServedModel> versions =
          byName.computeIfAbsent(model.name(), name -> new LinkedHashMap<>());
      if (versions.put(model.version(), model) != null) {
        throw new IllegalArgumentException(
            "models must be named once; found twice: " + model.name() + "@" + model.version());
      }
    }
  }

  /** Returns the version of {@code name} that answers calls without version. */
  Optional<ServedModel> find(String name) {
    Map<String, ServedModel> versions = byName.get(name);
    return versions == null ? Optional.empty() : versions.values().stream().findFirst();
  }

  /** Returns one version of a model. */
  Optional<ServedModel> find(String name, String version) {
    Map<String, ServedModel> versions = byName.get(name);
    return versions == null ? Optional.empty() : Optional.ofNullable(versions.get(version));
  }

  /** Returns the served versions of {@code name}. */
  Collection<String> versions(String name) {
    return byName.getOrDefault(name, Map.of()).keySet();
  }

  /** Returns all models, sorted by name. */
  public List<ServedModel> all() {
    List<ServedModel> all = new ArrayList<>();
    byName.values().forEach(versions -> all.addAll(versions.values()));
    return all;
  }

  @Override
  public void close() {
    all().forEach(model -> model.predictor().close());
  }
}
