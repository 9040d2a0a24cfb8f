package dev.quern.engine;

import java.nio.file.Path;

/**
 * Told how far a pass is; called often and from any thread, so it must be quick and never throw.
 */
public interface Progress {
  /** Nobody is interested. */
  Progress NONE = (done, total, samples) -> {};

  /**
   * Called after each finished morsel.
   *
   * @param doneBytes of the input of the pass
   * @param totalBytes of the input of the pass, 0 if unknown
   * @param samples that came out so far
   */
  void advanced(long doneBytes, long totalBytes, long samples);

  /**
   * Called before each phase of the pass, by the thread that executes it.
   *
   * @param step the step that needs the phase, empty if none alone does
   */
  default void began(Phase.Verb verb, String step, Phase.From from) {}

  /** Called after each phase of the pass, by the thread that executes it. */
  default void ended(Phase phase) {}

  /**
   * Called when files of a source were read to their ends, by the thread that executes the pass:
   * once for each source and each time it was read, never for what an earlier execution has read.
   */
  default void attempted(Attempts attempts) {}

  /**
   * Called when {@code file}, which an earlier execution left, is not as it was written: what it
   * held is made anew.
   */
  default void damaged(Path file) {}
}
