/**
 * From a recipe to results: binds it to schemas, executes what is not yet done, reports; read
 * {@link dev.quern.run.Planner}, {@link dev.quern.run.Plan} and {@link dev.quern.run.Run} first.
 */
@NullMarked
package dev.quern.run;

import org.jspecify.annotations.NullMarked;
