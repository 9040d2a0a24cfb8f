/**
 * The examples come to their expected figures; read {@link dev.quern.testkit.examples.ExampleRun},
 * then {@link dev.quern.testkit.examples.ExamplesTest}.
 */
@NullMarked
package dev.quern.testkit.examples;

import org.jspecify.annotations.NullMarked;
