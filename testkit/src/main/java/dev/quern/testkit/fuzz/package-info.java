/**
 * Feeds readers with what nobody would write: read {@link dev.quern.testkit.fuzz.Fuzzer} and {@link
 * dev.quern.testkit.fuzz.FuzzTarget} first.
 */
@NullMarked
package dev.quern.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
