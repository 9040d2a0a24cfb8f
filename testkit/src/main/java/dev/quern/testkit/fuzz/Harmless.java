package dev.quern.testkit.fuzz;

import dev.quern.testkit.Gen;

/** What an exception may say: one line for each problem, and never the text of a sample. */
public final class Harmless {
  private Harmless() {}

  /**
   * Checks the messages of {@code e}, its causes and what they suppressed.
   *
   * @throws AssertionError if one holds the canary of {@link Gen}
   */
  public static void check(Throwable e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      throw new AssertionError("a message must say what is wrong", e);
    }
    if (message.indexOf('\n') >= 0 || message.indexOf('\u001b') >= 0) {
      throw new AssertionError("a message must be one line without control characters", e);
    }
    silent(e);
  }

  private static void silent(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains(Gen.CANARY)) {
        throw new AssertionError("a message must not tell the text of samples: " + message, e);
      }
      for (Throwable other : cause.getSuppressed()) {
        silent(other);
      }
    }
  }
}
