package dev.quern.quality.rule;

import dev.quern.data.Column;

/**
 * Whether a value is valid: a function of the value alone. A rule keeps scratch space, so one
 * instance serves one thread.
 */
public interface Rule {

  /**
   * Returns whether the value of {@code row}, which is not missing, is valid.
   *
   * @param column of the field that the rule was bound to, or the dictionary of such a column
   */
  boolean holds(Column column, int row);
}
