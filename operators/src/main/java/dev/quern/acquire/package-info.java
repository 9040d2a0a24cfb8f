/**
 * Readers: samples from files and elsewhere; read {@link dev.quern.acquire.Csv} and {@link
 * dev.quern.operator.Reader} first.
 */
@NullMarked
package dev.quern.acquire;

import org.jspecify.annotations.NullMarked;
