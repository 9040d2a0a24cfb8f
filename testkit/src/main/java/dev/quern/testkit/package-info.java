/**
 * What tests of operators need, for us and for authors of extensions: generated samples and an
 * engine in memory; read {@link dev.quern.testkit.Trial}, {@link dev.quern.testkit.MemorySamples}
 * and {@link dev.quern.testkit.Gen} first.
 */
@NullMarked
package dev.quern.testkit;

import org.jspecify.annotations.NullMarked;
