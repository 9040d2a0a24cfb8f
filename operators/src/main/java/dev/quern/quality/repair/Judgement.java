package dev.quern.quality.repair;

import org.jspecify.annotations.Nullable;

/**
 * What became of a cell that is held to be wrong.
 *
 * @param field position of the field among those looked at
 * @param rule snake_case name of the rule that found it
 * @param confidence estimated probability that it is as the rule says, in [0, 1]
 * @param repair what the cell should hold; null where that is not known or the cell should be
 *     missing
 * @param changed whether the cell is changed to the repair
 */
public record Judgement(
    int field, String rule, double confidence, @Nullable String repair, boolean changed) {}
