package dev.quern.engine.local;

import dev.quern.engine.Morsel;
import dev.quern.engine.Reading;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where samples enter a stage: a reading, or the files an earlier stage left. */
interface Origin {

  /** Returns the size of the input in bytes as stored. */
  long bytes();

  /** Returns whether the bytes are those of source files. */
  boolean isSource();

  /** Returns the pieces of the input, to be asked by one thread at a time. */
  Supply supply(long morselBytes) throws IOException;

  /** Returns the code of one worker, which hands samples to {@code next}. */
  Lane lane(Work work, Way next);

  /**
   * What one task handles.
   *
   * @param ordinal number of the task within the feed
   * @param morsel what to read; null for a part of a shuffle
   */
  record Piece(int ordinal, @Nullable Morsel morsel) {}

  /** The pieces of an input, one after the other. */
  interface Supply extends Closeable {
    /** Returns the next piece, or null at the end. */
    @Nullable Piece next() throws IOException;

    /** Jumps over the piece an earlier execution finished. */
    void skip(TaskLine finished) throws IOException;

    /** Returns the bytes read so far to cut pieces. */
    long bytesRead();
  }

  /** The code of one worker. */
  interface Lane {
    /** Sends all samples of {@code piece} on their way. */
    Done run(Piece piece) throws IOException;
  }

  /**
   * What a piece took.
   *
   * @param read bytes and lines
   * @param spilled bytes written to files that are gone again
   */
  record Done(Reading.Read read, long spilled) {}
}
