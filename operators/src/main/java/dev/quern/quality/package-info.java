/**
 * Measuring and mending data: missing values, types, duplicates, scales, and the analyzers behind
 * checks; read {@link dev.quern.quality.Impute} and {@link dev.quern.quality.Completeness} first.
 */
@NullMarked
package dev.quern.quality;

import org.jspecify.annotations.NullMarked;
