package dev.quern.engine;

import java.io.Serializable;

/**
 * One field to sort by; ties fall to the next key and at last to the rank.
 *
 * @param field the name of a scalar field
 * @param direction ascending or descending; missing values come last in both
 */
public record SortKey(String field, Direction direction) implements Serializable {
  /** The two directions. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }
}
