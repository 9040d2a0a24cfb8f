/**
 * Finds and mends errors in tables without labels or rules. Read {@link
 * dev.quern.quality.repair.Rounds} first, then {@code Model} and {@code Rule}.
 */
@NullMarked
package dev.quern.quality.repair;

import org.jspecify.annotations.NullMarked;
