/**
 * What makes data trustworthy: missing values, types, duplicates, scales, and the metrics that
 * tell; read {@link dev.quern.quality.ParseMissing}, {@link dev.quern.quality.Impute} and {@link
 * dev.quern.quality.Completeness} first.
 */
@NullMarked
package dev.quern.quality;

import org.jspecify.annotations.NullMarked;
