package dev.quern.recipe;

import java.util.Set;

/** Refuses {@code ${env:NAME}} wherever no secret is named: nothing else may depend on it. */
final class Environment {
  private final Tree tree;
  private final Set<Position> secrets;

  Environment(Tree tree, Set<Position> secrets) {
    this.tree = tree;
    this.secrets = secrets;
  }

  void check(Located found) {
    if (found instanceof Located.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                refuse(key, entry.keyPlace());
                check(entry.value());
              });
    } else if (found instanceof Located.Sequence list) {
      list.parts().forEach(this::check);
    } else if (found.plain() instanceof String text && !secrets.contains(found.place())) {
      refuse(text, found.place());
    }
  }

  private void refuse(String text, Position place) {
    if (text.contains("${env:") || text.contains("${file:")) {
      tree.problem(
          place,
          "environment",
          "${env:NAME} and ${file:PATH} must stand only where a secret is named; found: a value that is no secret;"
              + " use --set path=value");
    }
  }
}
