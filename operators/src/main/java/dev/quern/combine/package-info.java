/**
 * What makes one set of samples of several; read {@link dev.quern.combine.Union} and {@link
 * dev.quern.combine.Lookup} first.
 */
@NullMarked
package dev.quern.combine;

import org.jspecify.annotations.NullMarked;
