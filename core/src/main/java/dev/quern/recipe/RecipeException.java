package dev.quern.recipe;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A recipe that cannot run, with all of its problems. Recipe errors print the value found. */
public final class RecipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Makes an exception.
   *
   * @param problems at least one; equal ones are told once
   */
  public RecipeException(Collection<Problem> problems) {
    super(
        new TreeSet<>(problems).stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems must be at least one; found: none");
    }
    this.problems = List.copyOf(new TreeSet<>(problems));
  }

  /** Returns the problems from top to bottom. */
  public List<Problem> problems() {
    return problems;
  }

  /** Returns the stable code of the exception as a whole. */
  public String code() {
    return "recipe_invalid";
  }
}
