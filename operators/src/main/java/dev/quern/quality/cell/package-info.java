/**
 * Texts of cells read by rule: {@link dev.quern.quality.cell.CellReading} reads one, {@link
 * dev.quern.quality.cell.CellMapping} applies it to the fields of a batch.
 */
@NullMarked
package dev.quern.quality.cell;

import org.jspecify.annotations.NullMarked;
