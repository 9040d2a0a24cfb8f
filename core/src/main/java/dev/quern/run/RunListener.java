package dev.quern.run;

/** Told what a run is doing, for progress on a terminal; calls come from one thread at a time. */
public interface RunListener {
  /** Nobody is interested. */
  RunListener NONE = new RunListener() {};

  /**
   * A piece of work begins.
   *
   * @param number of the work, from 1
   * @param total number of pieces in the run
   * @param what the step and what is done, for example {@code quality.impute: fit}
   */
  default void begins(int number, int total, String what) {}

  /**
   * The work goes on.
   *
   * @param done bytes or epochs done
   * @param total bytes or epochs in all, 0 if unknown
   * @param unit of both: {@code bytes} or what the trainer counts
   * @param samples that came out so far
   * @param note worth showing, may be empty
   */
  default void advanced(long done, long total, String unit, long samples, String note) {}

  /** The work is done; {@code cached} says that an earlier run had finished it. */
  default void ends(Outcome outcome) {}

  /**
   * A file is not as it was written, by accident or by somebody's hand; what it held is made anew.
   *
   * @param file its path, relative to the workspace, with slashes
   */
  default void damaged(String file) {}

  /** How a piece of work ended. */
  enum Outcome {
    DONE,
    CACHED
  }
}
