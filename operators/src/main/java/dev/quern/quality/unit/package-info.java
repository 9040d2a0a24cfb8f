/**
 * Quantities with units: {@link dev.quern.quality.unit.KnownUnits} names the units, {@link
 * dev.quern.quality.unit.QuantityText} reads one quantity.
 */
@NullMarked
package dev.quern.quality.unit;

import org.jspecify.annotations.NullMarked;
