package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.text.Suggestion;

/** Tells of names that are no fields, with those that are. */
final class UnknownField {
  private UnknownField() {}

  static Problem problem(Position place, String what, String where, String name, Schema schema) {
    return new Problem(
        place,
        "unknown_field",
        what
            + " must name a field "
            + where
            + "; found: "
            + name
            + Suggestion.of(name, schema.names())
            + "; fields: "
            + String.join(", ", schema.names()));
  }
}
