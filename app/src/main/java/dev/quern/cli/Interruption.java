package dev.quern.cli;

import java.io.PrintStream;

/**
 * Tells, when the process is interrupted meanwhile, how to go on; the JVM then ends with 130 (128 +
 * SIGINT). Finished work is kept by the run itself.
 */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Watches until closed; {@code line} is what will be said. */
  static Interruption watch(PrintStream err, String line) {
    Thread hook =
        new Thread(
            () -> {
              err.println();
              err.println(line);
              err.flush();
            },
            "quern-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is at work or has done it.
      return;
    }
  }
}
