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
   */
  record Done(Reading.Read read, long spilled) {}
}
