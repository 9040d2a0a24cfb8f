package dev.quern.engine;

/**
 * What work has taken.
 *
 * @param wallNanos elapsed time
 * @param cpuNanos process CPU time, user and system
 * @param bytesRead from source files and stored points, as stored
 * @param sourceBytesRead from source files alone
 * @param bytesWritten to shards, blocks and spill
 * @param spilled of these, to shuffle files
 */
public record Cost(
    long wallNanos,
    long cpuNanos,
    long bytesRead,
    long sourceBytesRead,
    long bytesWritten,
    long spilled) {
  /** Nothing. */
  public static final Cost ZERO = new Cost(0, 0, 0, 0, 0, 0);

  /** Returns the sum. */
  public Cost plus(Cost other) {
    return new Cost(
        wallNanos + other.wallNanos,
        cpuNanos + other.cpuNanos,
        bytesRead + other.bytesRead,
        sourceBytesRead + other.sourceBytesRead,
        bytesWritten + other.bytesWritten,
        spilled + other.spilled);
  }
}
