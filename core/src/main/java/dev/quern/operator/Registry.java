package dev.quern.operator;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All operators by name. Immutable. */
public final class Registry {
  private final Map<String, OperatorSpec> byName = new TreeMap<>();

  /**
   * Makes a registry of all operators in {@code catalogs}.
   *
   * @throws IllegalStateException if a name stands twice
   */
  public Registry(Iterable<Catalog> catalogs) {
    for (Catalog catalog : catalogs) {
      for (OperatorSpec spec : catalog.operators()) {
        if (byName.put(spec.name(), spec) != null) {
          throw new IllegalStateException(
              "operator names must be unique; found twice: "
                  + spec.name()
                  + ", again in "
                  + catalog.getClass().getName());
        }
      }
    }
  }

  /** Returns the registry of the catalogs that {@code loader} finds. */
  public static Registry load(ClassLoader loader) {
    return new Registry(ServiceLoader.load(Catalog.class, loader));
  }

  /** Returns the operator called {@code name}. */
  public Optional<OperatorSpec> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns all operators, sorted by name. */
  public Collection<OperatorSpec> operators() {
    return byName.values();
  }

  /** Returns all names, sorted. */
  public Collection<String> names() {
    return byName.keySet();
  }
}
