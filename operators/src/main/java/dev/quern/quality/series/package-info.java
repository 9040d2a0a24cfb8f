/**
 * Series in the order of time: {@link dev.quern.quality.series.TimeStep} is a grid, {@link
 * dev.quern.quality.series.Curve} a way between known values.
 */
@NullMarked
package dev.quern.quality.series;

import org.jspecify.annotations.NullMarked;
