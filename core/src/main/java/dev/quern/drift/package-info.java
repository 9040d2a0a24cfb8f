/**
 * Whether one set of samples differs from another by more than chance: mergeable states of both,
 * calibrated tests, effect sizes; read {@link dev.quern.drift.DriftState}, {@link
 * dev.quern.drift.DriftComparison} and {@link dev.quern.drift.Finding} first.
 */
@NullMarked
package dev.quern.drift;

import org.jspecify.annotations.NullMarked;
