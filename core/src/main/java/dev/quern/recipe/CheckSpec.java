package dev.quern.recipe;

/**
 * A check of a recipe as written: a text such as {@code completeness(city) >= 0.95} or a map.
 *
 * @param written the check with its places
 */
public record CheckSpec(Located written) {

  /** Returns where the check stands. */
  public Position place() {
    return written.place();
  }
}
