package dev.quern.recipe;

import java.util.Comparator;

/**
 * Where something is written.
 *
 * @param file the recipe's file as the user named it, or {@code --set path} for an override
 * @param line from 1; 0 for an override, which has no lines
 * @param column from 1, in code points; 0 for an override
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line)
          .thenComparingInt(Position::column)
          .thenComparing(Position::file);

  /** Overrides come first, then the recipe from top to bottom. */
  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code file:line:column}, or the name of the override. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
