package dev.quern.quality.repair;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that determine another, nearly: values on the left with the value on the right that goes
 * with them.
 *
 * @param left positions of one or two fields
 * @param right position of the field they determine
 * @param precision share of cells on the right that the others of their group foretell
 * @param groups what goes with each key of the left
 */
record Dependency(int[] left, int right, double precision, Map<String, Group> groups) {
  private static final char SEPARATOR = '\u001f';

  /**
   * The right value of one left key.
   *
   * @param value the value of most
   * @param count how many samples hold it
   * @param total how many samples hold the key
   */
  record Group(String value, int count, int total) {}

  /** Returns the left key of {@code row}; null where a cell is missing. */
  @Nullable String key(@Nullable String[] row) {
    String first = row[left[0]];
    if (first == null || left.length == 1) {
      return first;
    }
    String second = row[left[1]];
    return second == null ? null : first + SEPARATOR + second;
  }

  /** Returns what goes with the left of {@code row}; null where that is not known. */
  @Nullable Group group(@Nullable String[] row) {
    String key = key(row);
    return key == null ? null : groups.get(key);
  }
}
