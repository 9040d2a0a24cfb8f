package dev.quern.format.source;

import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import java.util.Optional;

/**
 * What a text format says of itself so that {@link FileReading} can cut and read its files. Safe
 * for several threads.
 *
 * @param <L> what is told from the beginning of a file: header, delimiter …
 */
public interface RecordFormat<L> {
  /** Bytes kept of a record that is longer than the limit. */
  int RAW_OF_TOO_LONG = 1 << 16;

  /** Returns the encoding of the files, if it is not to be detected. */
  Optional<TextEncoding> encoding();

  /** Tells the layout of {@code file} from its first {@link Head#LAYOUT} bytes. */
  L layout(InputFile file, Head head);

  /** Returns where the records of a file with {@code layout} end. */
  Boundaries boundaries(L layout, Head head);

  /** Returns the length in bytes of the longest record of a file with {@code layout}. */
  int limit(L layout);

  /** Returns code that parses blocks of records for one thread. */
  Parser<L> parser(SampleKeys keys, Outcome out);

  /** Parses blocks of one morsel. */
  interface Parser<L> {
    /** Begins file {@code number} at {@code offset} of its decoded stream. */
    void begin(int number, L layout, long start, long offset);

    /** Parses {@code bytes}, whole records that begin at {@code offset} of the decoded stream. */
    void block(byte[] bytes, long offset);

    /**
     * Sets aside a record that is longer than the limit.
     *
     * @param head its first bytes
     * @param lineEnds how many line ends it has, its own included
     */
    void tooLong(byte[] head, long offset, long lineEnds);

    /**
     * Takes note that the file begun last ends at {@code offset}, behind the block parsed last.
     * Called where {@link Boundaries#tellsEnd} asks for it.
     */
    default void fileEnded(long offset) {}

    /** Hands on what is held: no block follows. */
    void end();

    /** Returns the line ends passed in the file begun last. */
    long lines();

    /** Returns the samples found, kept and quarantined together. */
    long samples();
  }
}
