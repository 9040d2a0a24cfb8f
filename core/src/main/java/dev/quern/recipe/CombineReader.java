package dev.quern.recipe;

import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code combine: union}, {@code combine: lookup} and {@code combine: {lookup: {…}}}: union
 * is the verb of the engine, every other name an operator of several inputs, whose stage may be
 * left out.
 */
final class CombineReader {
  static final String UNION = "union";

  private final Registry registry;
  private final Tree tree;
  private final OperatorReader operators;
  private final StepReader steps;

  CombineReader(Registry registry, Tree tree, OperatorReader operators, StepReader steps) {
    this.registry = registry;
    this.tree = tree;
    this.operators = operators;
    this.steps = steps;
  }

  /** Returns the names that may stand under combine, union first. */
  static List<String> names(Registry registry) {
    Set<String> names = new LinkedHashSet<>(List.of(UNION));
    for (OperatorSpec spec : registry.operators()) {
      if (Kind.of(spec).filter(kind -> kind == Kind.COMBINATION).isPresent()) {
        names.add(shortName(spec));
      }
    }
    return List.copyOf(names);
  }

  /** Returns the operator's name without its stage. */
  static String shortName(OperatorSpec spec) {
    return spec.name().substring(spec.stage().length() + 1);
  }

  Optional<Combine> combine(Located written) {
    if (written instanceof Located.Scalar scalar && scalar.plain() instanceof String name) {
      return named(name, written.place(), Optional.empty(), written);
    }
    if (!(written instanceof Located.Mapping mapping)) {
      tree.wrong(written, "combine", "union or an operator of several inputs");
      return Optional.empty();
    }
    Map<String, Located.Entry> entries = new LinkedHashMap<>();
    boolean whole = false;
    for (Map.Entry<String, Located.Entry> entry : mapping.entries().entrySet()) {
      if (entry.getKey().equals(UNION) && mapping.entries().size() == 1) {
        return named(UNION, entry.getValue().keyPlace(), Optional.empty(), written);
      }
      Optional<String> known = full(entry.getKey());
      whole |= known.isPresent();
      entries.put(known.orElse(entry.getKey()), entry.getValue());
    }
    if (!whole && entries.size() == 1) {
      Map.Entry<String, Located.Entry> only = mapping.entries().entrySet().iterator().next();
      return named(
          only.getKey(), only.getValue().keyPlace(), Optional.of(only.getValue().value()), written);
    }
    return steps
        .step(new Located.Mapping(mapping.place(), entries), Kind.COMBINATION)
        .map(Combine.By::new);
  }

  private Optional<Combine> named(
      String name, Position place, Optional<Located> params, Located written) {
    if (name.equals(UNION)) {
      return Optional.of(new Combine.Union(place));
    }
    Optional<String> full = full(name);
    if (full.isEmpty()) {
      List<String> names = names(registry);
      tree.problem(
          place,
          "unknown_operator",
          "combine must be one of "
              + String.join(", ", names)
              + "; found: "
              + name
              + Suggestion.of(name, names));
      return Optional.empty();
    }
    return operators
        .use(full.get(), place, params, Kind.COMBINATION)
        .map(use -> new Combine.By(StepReader.plain(use, written)));
  }

  /** Returns the operator's name with its stage. */
  private Optional<String> full(String name) {
    if (registry.find(name).isPresent()) {
      return Optional.of(name);
    }
    return registry.operators().stream()
        .filter(spec -> shortName(spec).equals(name))
        .filter(spec -> Kind.of(spec).filter(kind -> kind == Kind.COMBINATION).isPresent())
        .map(OperatorSpec::name)
        .findFirst();
  }
}
