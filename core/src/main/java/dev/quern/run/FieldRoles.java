package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.SourceSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives fields of sources the roles of a recipe; names that a source lacks are problems. */
final class FieldRoles {
  private final Recipe recipe;
  private final List<Problem> problems;

  FieldRoles(Recipe recipe, List<Problem> problems) {
    this.recipe = recipe;
    this.problems = problems;
  }

  /** Returns {@code schema}, of the source {@code spec}, with the roles that are declared. */
  Schema in(Schema schema, SourceSpec spec) {
    Schema changed = schema;
    Map<String, Set<Role>> roles = new LinkedHashMap<>(recipe.roles());
    spec.roles().forEach((name, more) -> roles.merge(name, more, FieldRoles::both));
    recipe.model().ifPresent(m -> roles.merge(m.target(), Set.of(Role.LABEL), FieldRoles::both));
    for (Map.Entry<String, Set<Role>> entry : roles.entrySet()) {
      Optional<Field> field = schema.field(entry.getKey());
      if (field.isPresent()) {
        for (Role role : entry.getValue()) {
          changed = changed.with(changed.field(entry.getKey()).orElseThrow().with(role));
        }
      } else if (spec.roles().containsKey(entry.getKey())) {
        problems.add(
            UnknownField.problem(
                spec.written().place("roles", entry.getKey()),
                "roles",
                "of the source",
                entry.getKey(),
                schema));
      }
    }
    for (String name : spec.key()) {
      if (schema.field(name).isEmpty()) {
        problems.add(
            UnknownField.problem(
                spec.written().place("key"), "key", "of the source", name, schema));
      }
    }
    return changed;
  }

  private static Set<Role> both(Set<Role> a, Set<Role> b) {
    Set<Role> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }
}
