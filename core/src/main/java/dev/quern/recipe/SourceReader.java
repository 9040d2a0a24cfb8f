package dev.quern.recipe;

import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.store.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads sources: a reader or a dataset, with split, key and roles. */
final class SourceReader {
  static final List<String> EXTRAS = List.of("dataset", "name", "split", "key", "roles");

  private static final String ROLE_RULE = rule();

  private final Tree tree;
  private final OperatorReader operators;
  private final Map<String, Position> names = new HashMap<>();

  SourceReader(Tree tree, OperatorReader operators) {
    this.tree = tree;
    this.operators = operators;
  }

  List<SourceSpec> sources(List<Located> written) {
    List<SourceSpec> sources = new ArrayList<>();
    for (Located part : written) {
      source(part).ifPresent(sources::add);
    }
    return sources;
  }

  private Optional<SourceSpec> source(Located written) {
    if (!(written instanceof Located.Mapping mapping)) {
      tree.wrong(written, "a source", "a map with a reader or dataset: NAME@VERSION");
      return Optional.empty();
    }
    Optional<String> name = tree.text(mapping, "name", "name");
    name.ifPresent(given -> unique(given, mapping.place("name")));
    Optional<Split> split =
        tree.choice(mapping, "split", "split", List.of(Split.TRAIN, Split.VALIDATION, Split.TEST));
    List<String> key = tree.texts(mapping, "key", "key", "a field name or a list of field names");
    Map<String, Set<Role>> roles = roles(mapping);
    return origin(mapping)
        .map(origin -> new SourceSpec(origin, name, split.orElse(Split.NONE), key, roles, mapping));
  }

  private void unique(String name, Position place) {
    Position first = names.putIfAbsent(name, place);
    if (first != null) {
      tree.problem(
          place,
          "duplicate_name",
          "name must be unique among sources; found again: "
              + name
              + "; first in line "
              + first.line());
    }
  }

  private Optional<SourceSpec.Origin> origin(Located.Mapping mapping) {
    Optional<Located> dataset = mapping.find("dataset");
    if (dataset.isEmpty()) {
      return operators
          .only(mapping, "a source", EXTRAS, Kind.READER)
          .map(SourceSpec.Origin.Read::new);
    }
    for (Map.Entry<String, Located.Entry> entry : mapping.entries().entrySet()) {
      if (OperatorReader.isOperatorName(entry.getKey())) {
        tree.problem(
            entry.getValue().keyPlace(),
            "several_operators",
            "a source must be a dataset or have a reader; found both: " + entry.getKey());
      } else if (!EXTRAS.contains(entry.getKey())) {
        tree.unknownKey(entry.getValue().keyPlace(), entry.getKey(), "a source", EXTRAS);
      }
    }
    try {
      return Optional.of(
          new SourceSpec.Origin.Dataset(Reference.parse(String.valueOf(dataset.get().plain()))));
    } catch (IllegalArgumentException e) {
      tree.problem(dataset.get().place(), "wrong_value", "dataset " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads {@code roles: {field: role or list of roles}}. */
  Map<String, Set<Role>> roles(Located.Mapping mapping) {
    Map<String, Set<Role>> roles = new LinkedHashMap<>();
    Optional<Located.Mapping> written =
        tree.mapping(mapping, "roles", "roles", "a map from field name to role");
    if (written.isPresent()) {
      for (String field : written.get().entries().keySet()) {
        tree.value(written.get(), field, "role of " + field, ROLE_RULE, SourceReader::asRoles)
            .ifPresent(set -> roles.put(field, set));
      }
    }
    return roles;
  }

  private static Optional<Set<Role>> asRoles(Located found) {
    Optional<List<String>> texts = Tree.asTexts(found);
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (String text : texts.get()) {
      Optional<Role> role = Role.of(text);
      if (role.isEmpty()) {
        return Optional.empty();
      }
      roles.add(role.get());
    }
    return Optional.of(roles);
  }

  private static String rule() {
    List<String> names = new ArrayList<>();
    for (Role role : Role.values()) {
      names.add(role.written());
    }
    return "one or a list of " + String.join(", ", names);
  }
}
