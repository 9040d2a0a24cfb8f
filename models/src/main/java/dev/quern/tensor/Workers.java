package dev.quern.tensor;

import java.util.concurrent.Executor;

/**
 * Who computes besides the calling thread. The number changes the speed, never a bit of the result.
 *
 * @param executor runs the helpers; it may have fewer threads, the caller then does their part
 * @param threads threads in all, the caller included
 */
public record Workers(Executor executor, int threads) {

  public Workers {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1; found: " + threads);
    }
  }

  /** The calling thread alone. */
  public static Workers caller() {
    return new Workers(Runnable::run, 1);
  }
}
