/**
 * How a pass is executed on any engine: as stages of independent tasks, a journal that survives a
 * kill, and shuffles that spill; read {@link dev.quern.engine.pass.PassExecution}, {@link
 * dev.quern.engine.pass.PassRun} and {@link dev.quern.engine.pass.StageWorker} first.
 */
@NullMarked
package dev.quern.engine.pass;

import org.jspecify.annotations.NullMarked;
