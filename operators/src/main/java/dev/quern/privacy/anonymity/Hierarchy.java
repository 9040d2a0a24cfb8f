package dev.quern.privacy.anonymity;

import org.jspecify.annotations.Nullable;

/**
 * How the values of a field become coarser, level by level. Level 0 is the value itself; values
 * that are one at a level are one at every level above. At the highest level most hierarchies hold
 * {@value #ANY} alone.
 */
public sealed interface Hierarchy
    permits TableHierarchy, IntervalHierarchy, MaskHierarchy, DateHierarchy, OrderHierarchy {
  /** What stands for every value. */
  String ANY = "*";

  /** Returns the number of levels, the values themselves included. */
  int levels();

  /**
   * Returns {@code value} at {@code level}, null if the hierarchy does not know the value.
   *
   * @param level in [0, {@link #levels()})
   */
  @Nullable String at(String value, int level);

  /**
   * Returns a missing value at {@code level}: null where it stays missing. It is part of what the
   * highest level holds where that is one value alone.
   */
  default @Nullable String missingAt(int level) {
    return level == levels() - 1 ? ANY : null;
  }

  /** The hierarchy of a field that has none: the value, then {@value #ANY}. */
  static Hierarchy all() {
    return new MaskHierarchy(0, MaskHierarchy.From.END);
  }
}
