/**
 * Whole runs, from files to versions and models, as users start them; read {@link
 * dev.quern.testkit.e2e.Scene} and then {@link dev.quern.testkit.e2e.KillTest}.
 */
@NullMarked
package dev.quern.testkit.e2e;

import org.jspecify.annotations.NullMarked;
