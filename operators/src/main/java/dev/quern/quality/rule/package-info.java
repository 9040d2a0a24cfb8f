/**
 * What a value must be to be valid; read {@link dev.quern.quality.rule.Requirement} and {@link
 * dev.quern.quality.rule.Rule} first.
 */
@NullMarked
package dev.quern.quality.rule;

import org.jspecify.annotations.NullMarked;
