package dev.quern.engine;

/**
 * What work has taken.
 *
 * @param wallNanos elapsed time
 * @param cpuNanos process CPU time, user and system
 * @param workerNanos of this, the time of the threads that worked on samples; the rest went to
 *     garbage collection, compilation and what one thread does alone
 * @param bytesRead from source files and stored points, as stored
 * @param sourceBytesRead from source files alone
 * @param bytesWritten to shards, blocks and spill
 * @param spilled of these, to files that do not outlive the pass: shuffles, samples to be gathered
 */
public record Cost(
    long wallNanos,
    long cpuNanos,
    long workerNanos,
    long bytesRead,
    long sourceBytesRead,
    long bytesWritten,
    long spilled) {
  /** Nothing. */
  public static final Cost ZERO = new Cost(0, 0, 0, 0, 0, 0, 0);

  /** Makes a cost of which the time of workers is not known. */
  public Cost(
      long wallNanos,
      long cpuNanos,
      long bytesRead,
      long sourceBytesRead,
      long bytesWritten,
      long spilled) {
    this(wallNanos, cpuNanos, 0, bytesRead, sourceBytesRead, bytesWritten, spilled);
  }

  /** Returns whether nothing was taken, as by what was found finished. */
  public boolean isZero() {
    return (wallNanos | cpuNanos | workerNanos | bytesRead | bytesWritten) == 0
        && sourceBytesRead == 0
        && spilled == 0;
  }

  /** Returns the sum. */
  public Cost plus(Cost other) {
    return new Cost(
        wallNanos + other.wallNanos,
        cpuNanos + other.cpuNanos,
        workerNanos + other.workerNanos,
        bytesRead + other.bytesRead,
        sourceBytesRead + other.sourceBytesRead,
        bytesWritten + other.bytesWritten,
        spilled + other.spilled);
  }

  /** Returns what was taken since {@code earlier}. */
  public Cost since(Cost earlier) {
    return new Cost(
        wallNanos - earlier.wallNanos,
        cpuNanos - earlier.cpuNanos,
        workerNanos - earlier.workerNanos,
        bytesRead - earlier.bytesRead,
        sourceBytesRead - earlier.sourceBytesRead,
        bytesWritten - earlier.bytesWritten,
        spilled - earlier.spilled);
  }
}
