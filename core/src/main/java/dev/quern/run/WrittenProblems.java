package dev.quern.run;

import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import java.util.List;

/** What is wrong with a recipe as it is written, and what of it keeps the rest from being bound. */
final class WrittenProblems {
  private static final List<String> SOURCE_PARTS = List.of("read", "inputs", "combine");

  private final Recipe recipe;
  private final List<Problem> written;

  WrittenProblems(Recipe recipe, List<Problem> written) {
    this.recipe = recipe;
    this.written = List.copyOf(written);
  }

  /**
   * Whether what is right in the recipe can be bound to data: sources and their combination are.
   */
  boolean areBindable() {
    boolean sources =
        !recipe.read().isEmpty() || !recipe.inputs().isEmpty() && recipe.combine().isPresent();
    return sources
        && written.stream()
            .noneMatch(p -> SOURCE_PARTS.stream().anyMatch(part -> lies(p.place(), part)));
  }

  private boolean lies(Position place, String part) {
    Located.Entry entry = recipe.written().entries().get(part);
    if (entry == null) {
      return false;
    }
    int end = Integer.MAX_VALUE;
    for (Located.Entry other : recipe.written().entries().values()) {
      int line = other.keyPlace().line();
      if (line > entry.keyPlace().line()) {
        end = Math.min(end, line);
      }
    }
    return place.line() >= entry.keyPlace().line() && place.line() < end;
  }

  /**
   * Whether a problem with a field may only follow from a step that could not be understood above
   * it; a near miss of a known name is a mistake of its own.
   */
  boolean mayCause(Problem problem) {
    return problem.code().equals("does_not_fit")
        && !problem.message().contains("did you mean")
        && written.stream().anyMatch(w -> w.place().line() < problem.place().line());
  }
}
