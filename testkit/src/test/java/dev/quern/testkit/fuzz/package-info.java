/** The readers of Quern as targets of the fuzzer; read {@link dev.quern.testkit.fuzz.FuzzTest}. */
@NullMarked
package dev.quern.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
