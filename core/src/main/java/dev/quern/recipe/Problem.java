package dev.quern.recipe;

import dev.quern.text.OneLine;
import java.util.Comparator;

/**
 * Something in a recipe that must be changed before it can run.
 *
 * @param place where it stands
 * @param code stable snake_case code, for example {@code unknown_operator}
 * @param message {@code what must be rule (unit); found: value[; fix]}
 */
public record Problem(Position place, String code, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place)
          .thenComparing(Problem::code)
          .thenComparing(Problem::message);

  /** A message is one line, whatever the value it shows. */
  public Problem {
    message = OneLine.of(message);
  }

  /** By place, from top to bottom. */
  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code file:line:column message}, two spaces between, as printed. */
  @Override
  public String toString() {
    return OneLine.of(place.toString()) + "  " + message;
  }
}
