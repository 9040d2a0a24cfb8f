/**
 * The engine of one machine: morsels, fused chains, a journal that survives a kill, and shuffles
 * that spill; read {@link dev.quern.engine.local.LocalEngine}, {@link
 * dev.quern.engine.local.StageRun} and {@link dev.quern.engine.local.Chain} first.
 */
@NullMarked
package dev.quern.engine.local;

import org.jspecify.annotations.NullMarked;
