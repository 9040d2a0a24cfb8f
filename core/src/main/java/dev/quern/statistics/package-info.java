/**
 * Sufficient statistics that are exact under merge in any order: equal values, in whatever order
 * and parts, give equal written states; read {@link dev.quern.statistics.ExactSum}, {@link
 * dev.quern.statistics.Moments} and {@link dev.quern.statistics.TextCounts} first.
 */
@NullMarked
package dev.quern.statistics;

import org.jspecify.annotations.NullMarked;
