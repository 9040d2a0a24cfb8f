/**
 * Written numbers: {@link dev.quern.quality.number.NumberText} reads one, {@link
 * dev.quern.quality.number.NumberEvidence} learns the decimal sign of a field.
 */
@NullMarked
package dev.quern.quality.number;

import org.jspecify.annotations.NullMarked;
