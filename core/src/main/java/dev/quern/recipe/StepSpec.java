package dev.quern.recipe;

import dev.quern.engine.SortKey;
import java.util.List;
import java.util.Optional;

/**
 * A step of a recipe.
 *
 * @param use the operator and its parameters
 * @param splits which splits the step acts on, where the recipe says so
 * @param order the order the operator sees samples in, empty for rank
 * @param as the name of the step in reports, where the recipe gives one
 * @param written the step as written, for places: {@code written().place("order")}
 */
public record StepSpec(
    OperatorUse use,
    Optional<Splits> splits,
    List<SortKey> order,
    Optional<String> as,
    Located written) {

  /** Which splits a step acts on. */
  public enum Splits {
    /** Every sample. */
    ALL,
    /** The train split only. */
    TRAIN
  }

  /** Returns where the step's operator stands. */
  public Position place() {
    return use.place();
  }
}
