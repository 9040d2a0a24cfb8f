package dev.quern.recipe;

import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds operators by name and checks their parameters. */
final class OperatorReader {
  private static final Located.Mapping NOTHING =
      new Located.Mapping(new Position("", 0, 0), new LinkedHashMap<>());

  private final Registry registry;
  private final Tree tree;
  private final TableFiles tables;
  private final YamlFiles files;

  /** Places of values that may name a secret. */
  private final Set<Position> secrets = new TreeSet<>();

  OperatorReader(Registry registry, Tree tree) {
    this.registry = registry;
    this.tree = tree;
    this.tables = new TableFiles(tree);
    this.files = new YamlFiles(tree.problems());
  }

  Set<Position> secrets() {
    return secrets;
  }

  /** Returns whether {@code key} is written as the name of an operator. */
  static boolean isOperatorName(String key) {
    return key.indexOf('.') > 0;
  }

  /**
   * Reads the one operator among the keys of {@code mapping}; what is neither an operator nor in
   * {@code extras} is reported.
   *
   * @param what what the map is, for messages, for example {@code a step}
   */
  Optional<OperatorUse> only(
      Located.Mapping mapping, String what, List<String> extras, Kind expected) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Located.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (isOperatorName(key) || (!extras.contains(key) && registry.find(key).isPresent())) {
        names.add(key);
      } else if (!extras.contains(key)) {
        unknown(entry.getValue().keyPlace(), key, what, extras);
        names.add("");
      }
    }
    names.removeIf(name -> name.isEmpty() && names.size() > 1);
    if (names.isEmpty()) {
      tree.problem(
          mapping.place(),
          "missing",
          what + " must name an operator, for example " + example(expected) + "; found: none");
      return Optional.empty();
    }
    for (String more : names.subList(1, names.size())) {
      tree.problem(
          mapping.keyPlace(more),
          "several_operators",
          what + " must name one operator; found also: " + more);
    }
    String name = names.get(0);
    Located.Entry entry = mapping.entries().get(name);
    return entry == null
        ? Optional.empty()
        : use(name, entry.keyPlace(), Optional.of(entry.value()), expected);
  }

  /** Reads the operator called {@code name} with the parameters {@code written}. */
  Optional<OperatorUse> use(String name, Position place, Optional<Located> written, Kind expected) {
    Optional<OperatorSpec> spec = registry.find(name);
    if (spec.isEmpty()) {
      tree.problem(
          place,
          "unknown_operator",
          "no operator is named '" + name + "'" + Suggestion.of(name, registry.names()));
      return Optional.empty();
    }
    Optional<Located.Mapping> params = parameters(spec.get(), place, written);
    Optional<OperatorUse> use = params.flatMap(given -> checked(spec.get(), place, given));
    Optional<Kind> kind =
        use.map(u -> Kind.of(u.spec(), u.operator())).or(() -> Kind.of(spec.get()));
    if (kind.isPresent() && kind.get() != expected) {
      tree.problem(
          place,
          "wrong_kind",
          name
              + " must be "
              + expected.article()
              + " here; found: "
              + kind.get().article()
              + "; it stands "
              + kind.get().home());
      return Optional.empty();
    }
    return use;
  }

  private Optional<Located.Mapping> parameters(
      OperatorSpec spec, Position place, Optional<Located> written) {
    Located given = written.orElse(NOTHING);
    if (given instanceof Located.Scalar scalar && scalar.plain() == null) {
      given = NOTHING;
    }
    if (given instanceof Located.Mapping mapping) {
      return Optional.of(
          mapping == NOTHING ? new Located.Mapping(place, mapping.entries()) : mapping);
    }
    tree.wrong(given, spec.name(), "followed by a map of its parameters");
    return Optional.empty();
  }

  private Optional<OperatorUse> checked(OperatorSpec spec, Position place, Located.Mapping given) {
    noteSecrets(spec, given);
    List<Params.Problem> found = new ArrayList<>();
    Map<String, @Nullable Object> plain = tables.inlined(spec, given);
    int before = tree.problems().size();
    files.inline(spec, given, plain);
    if (tree.problems().size() > before) {
      return Optional.empty();
    }
    Optional<Params> params = Params.read(spec.params(), plain, found);
    for (Params.Problem problem : found) {
      boolean part = !problem.path().isEmpty();
      tree.problem(
          placeOf(problem, spec, place, given),
          "wrong_parameter",
          part ? problem.message() : spec.name() + "." + problem.param() + " " + problem.message());
    }
    return params.flatMap(
        checked ->
            create(spec, checked, place)
                .map(operator -> new OperatorUse(spec, checked, operator, place, given)));
  }

  /**
   * A wrong value is reported at the value, an unknown name at the name, what lacks at the step.
   */
  private Position placeOf(
      Params.Problem problem, OperatorSpec spec, Position place, Located.Mapping given) {
    String param = problem.param();
    Optional<Position> part = files.place(param, problem.path());
    if (part.isPresent()) {
      return part.get();
    }
    Located.Entry entry = given.entries().get(param);
    if (entry == null || given.find(param).isEmpty()) {
      return place;
    }
    boolean known = spec.params().stream().anyMatch(p -> p.name().equals(param));
    return known ? entry.value().place() : entry.keyPlace();
  }

  private Optional<Operator> create(OperatorSpec spec, Params params, Position place) {
    try {
      return Optional.of(spec.create().apply(params));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      boolean named = message.startsWith(spec.name());
      tree.problem(place, "contradiction", named ? message : spec.name() + " " + message);
      return Optional.empty();
    }
  }

  private void noteSecrets(OperatorSpec spec, Located.Mapping given) {
    for (Param<?> param : spec.params()) {
      if (param.kind() == Param.Kind.SECRET) {
        given.find(param.name()).ifPresent(value -> secrets.add(value.place()));
      }
    }
  }

  private void unknown(Position place, String key, String what, List<String> extras) {
    List<String> known = new ArrayList<>(extras);
    known.addAll(registry.names());
    tree.problem(
        place,
        "unknown_key",
        "'"
            + key
            + "' is neither an operator nor a key of "
            + what
            + Suggestion.of(key, known)
            + (extras.isEmpty() ? "" : "; known keys: " + String.join(", ", extras)));
  }

  private String example(Kind expected) {
    return registry.operators().stream()
        .filter(spec -> Kind.of(spec).filter(kind -> kind == expected).isPresent())
        .map(OperatorSpec::name)
        .findFirst()
        .orElse("stage.name");
  }
}
