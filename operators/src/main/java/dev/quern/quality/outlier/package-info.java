/**
 * Measures of outlyingness: {@link dev.quern.quality.outlier.IsolationForest} over several fields,
 * {@link dev.quern.quality.outlier.Hampel} along a series.
 */
@NullMarked
package dev.quern.quality.outlier;

import org.jspecify.annotations.NullMarked;
