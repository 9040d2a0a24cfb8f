package dev.quern.quality.repair;

import org.jspecify.annotations.Nullable;

/**
 * A cell that is held to be wrong.
 *
 * @param field position of the field among those looked at
 * @param rule the rule that found it
 * @param confidence estimated probability that the cell is wrong and, where there is a repair, that
 *     the repair is right; in [0, 1]
 * @param certain estimated probability that the cell is wrong, in [0, 1]
 * @param repair what the cell should hold; absent where the rule knows none or the cell should be
 *     missing
 * @param impossible whether the cell holds no value of its field at all (a missing token, a text
 *     among numbers), so that it is better missing
 */
record Finding(
    int field,
    Rule rule,
    double certain,
    double confidence,
    @Nullable String repair,
    boolean impossible) {

  /** A cell whose right value is known. */
  static Finding repaired(int field, Rule rule, double confidence, String repair) {
    return new Finding(field, rule, confidence, confidence, repair, false);
  }

  /** A cell that is unlikely to be right. */
  static Finding doubtful(int field, Rule rule, double certain) {
    return new Finding(field, rule, certain, 0, null, false);
  }

  /** A cell that is no value of its field. */
  static Finding impossible(int field, Rule rule, double certain) {
    return new Finding(field, rule, certain, 0, null, true);
  }
}
