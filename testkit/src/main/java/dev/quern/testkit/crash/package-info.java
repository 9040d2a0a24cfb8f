/**
 * Kills the program at random moments and looks at what is left and what the next run makes of it;
 * read {@link dev.quern.testkit.crash.Kills}, {@link dev.quern.testkit.crash.KilledRun} and {@link
 * dev.quern.testkit.crash.Inventory} first.
 */
@NullMarked
package dev.quern.testkit.crash;

import org.jspecify.annotations.NullMarked;
