/**
 * Whole jobs in Java beside their peers: {@link DuckDbJob}, {@link WarmRuns} and {@link EngineJob}.
 */
@NullMarked
package dev.quern.bench.whole;

import org.jspecify.annotations.NullMarked;
