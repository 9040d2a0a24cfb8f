/**
 * The engine of one machine: a fixed pool of threads; read {@link
 * dev.quern.engine.local.LocalEngine} and {@link dev.quern.engine.local.LocalWorkers} first.
 */
@NullMarked
package dev.quern.engine.local;

import org.jspecify.annotations.NullMarked;
