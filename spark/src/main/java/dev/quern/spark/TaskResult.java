package dev.quern.spark;

import dev.quern.engine.pass.TaskLine;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells the driver. A task that failed because of the data or of an operator tells that
 * as its result, because doing it again would not help.
 *
 * @param key of the task
 * @param line what it left; null if it failed
 * @param drawn views it drew before a sort, encoded
 * @param cpuNanos CPU time of its thread
 * @param failure why it failed
 */
record TaskResult(
    TaskLine.Key key,
    @Nullable TaskLine line,
    byte[] drawn,
    long cpuNanos,
    @Nullable RuntimeException failure)
    implements Serializable {}
