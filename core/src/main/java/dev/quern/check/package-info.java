/**
 * Assertions on the metrics of a dataset; read {@link dev.quern.check.Check} and {@link
 * dev.quern.check.CheckReader} first.
 */
@NullMarked
package dev.quern.check;

import org.jspecify.annotations.NullMarked;
