package dev.quern.operator;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All operators by name. Safe for several threads. */
public final class Registry {
  private final Map<String, Catalog> byName = new TreeMap<>();
  private final Map<String, OperatorSpec> found = new ConcurrentHashMap<>();

  /**
   * Makes a registry of all operators in {@code catalogs}.
   *
   * @throws IllegalStateException if a name stands twice
   */
  public Registry(Iterable<? extends Catalog> catalogs) {
    for (Catalog catalog : catalogs) {
      for (String name : catalog.names()) {
        if (byName.put(name, catalog) != null) {
          throw new IllegalStateException(
              "operator names must be unique; found twice: "
                  + name
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

  /** Returns the operator called {@code name}, the same one each time. */
  public Optional<OperatorSpec> find(String name) {
    OperatorSpec known = found.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    return Optional.ofNullable(byName.get(name))
        .flatMap(catalog -> catalog.find(name))
        .map(spec -> found.computeIfAbsent(name, key -> spec));
  }

  /** Returns all operators, sorted by name. */
  public Collection<OperatorSpec> operators() {
    return byName.keySet().stream().flatMap(name -> find(name).stream()).toList();
  }

  /** Returns all names, sorted. */
  public Collection<String> names() {
    return byName.keySet();
  }
}
