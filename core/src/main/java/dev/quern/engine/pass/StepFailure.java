package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/**
 * Tells that the code of a step failed, without what its exception says: exceptions of operators,
 * and of the JDK, may quote samples. Type and stack are kept.
 */
final class StepFailure {
  private StepFailure() {}

  /** Returns what to throw where the code of {@code step} threw {@code e}. */
  static RuntimeException of(String step, RuntimeException e) {
    if (e instanceof DataException
        || e instanceof CancellationException
        || e instanceof UncheckedIOException) {
      return e;
    }
    StackTraceElement[] frames = e.getStackTrace();
    String label = step.startsWith(Work.AGAIN) ? step.substring(Work.AGAIN.length()) : step;
    DataException told =
        new DataException(
            "operator_failed",
            label
                + ": operator must process or set aside every sample; found: "
                + e.getClass().getName()
                + (frames.length == 0 ? "" : " in " + frames[0])
                + "; tell its author, or leave the step out");
    told.setStackTrace(frames);
    return told;
  }
}
