/**
 * Eight verbs over samples, described as data and executed by an engine; read {@link
 * dev.quern.engine.Samples}, {@link dev.quern.engine.Task} and {@link dev.quern.engine.Engine}
 * first.
 */
@NullMarked
package dev.quern.engine;

import org.jspecify.annotations.NullMarked;
