package dev.quern.privacy.anonymity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchy that is written out: one line for each value, the value first, then what it becomes
 * at each level. Values without a line are unknown.
 */
public final class TableHierarchy implements Hierarchy {
  private final List<List<String>> lines;
  private final Map<String, List<String>> byValue = new LinkedHashMap<>();
  private final int levels;

  /**
   * Makes a hierarchy of its lines.
   *
   * @throws IllegalArgumentException if lines differ in length, a value stands twice, or values
   *     that are one at a level are several above
   */
  public TableHierarchy(List<List<String>> lines) {
    this.lines = lines.stream().map(List::copyOf).toList();
    levels = lines.isEmpty() ? 0 : lines.get(0).size();
    if (levels == 0) {
      throw new IllegalArgumentException("hierarchy must have a line for each value; found: none");
    }
    for (int i = 0; i < this.lines.size(); i++) {
      List<String> line = this.lines.get(i);
      if (line.size() != levels) {
        throw new IllegalArgumentException(
            "lines of a hierarchy must be of one length; found: "
                + levels
                + " levels in line 1, "
                + line.size()
                + " in line "
                + (i + 1));
      }
      if (byValue.put(line.get(0), line) != null) {
        throw new IllegalArgumentException(
            "a value must have one line in a hierarchy; found: another in line " + (i + 1));
      }
    }
    for (int level = 1; level < levels; level++) {
      nested(level);
    }
  }

  private void nested(int level) {
    Map<String, String> above = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String upper = lines.get(i).get(level);
      String before = above.putIfAbsent(lines.get(i).get(level - 1), upper);
      if (before != null && !before.equals(upper)) {
        throw new IllegalArgumentException(
            "values that are one at a level of a hierarchy must be one above; found: two at level "
                + level
                + ", line "
                + (i + 1));
      }
    }
  }

  @Override
  public int levels() {
    return levels;
  }

  @Override
  public @Nullable String at(String value, int level) {
    List<String> line = byValue.get(value);
    return line == null ? null : line.get(level);
  }

  @Override
  public @Nullable String missingAt(int level) {
    Set<String> all = new LinkedHashSet<>();
    lines.forEach(line -> all.add(line.get(level)));
    return level == levels - 1 && level > 0 && all.size() == 1 ? all.iterator().next() : null;
  }

  /** Returns the values in the order of their lines. */
  List<String> values() {
    return List.copyOf(byValue.keySet());
  }

  /** Returns the lines. */
  public List<List<String>> lines() {
    return lines;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableHierarchy table && lines.equals(table.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }
}
