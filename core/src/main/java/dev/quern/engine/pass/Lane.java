package dev.quern.engine.pass;

import dev.quern.engine.Reading;
import java.io.IOException;

/** The code of one worker where samples enter a stage. Not safe for several threads. */
interface Lane {
  /** Sends all samples of {@code piece} on their way. */
  Done run(Piece piece) throws IOException;

  /**
   * What a piece took.
   *
   * @param read bytes and lines
   * @param spilled bytes written to files that are gone again
   * @param nanos time for which a source was read, without what its samples met then
   */
  record Done(Reading.Read read, long spilled, long nanos) {
    Done(Reading.Read read, long spilled) {
      this(read, spilled, 0);
    }
  }
}
