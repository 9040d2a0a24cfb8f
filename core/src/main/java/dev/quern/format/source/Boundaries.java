package dev.quern.format.source;

import dev.quern.text.Utf8;

/** Where records end. Safe for several threads. */
public interface Boundaries {
  /** Records end with line feeds. */
  Boundaries LINES =
      new Boundaries() {
        @Override
        public int lastEnd(byte[] bytes, int start, int end, long offset, Input input) {
          if (input == Input.ENDED) {
            return end;
          }
          int at = end;
          while (at > start && bytes[at - 1] != '\n') {
            at--;
          }
          return at;
        }

        @Override
        public boolean isEveryLineEnd() {
          return true;
        }
      };

  /** Whether the input goes on behind the bytes at hand. */
  enum Input {
    CONTINUES,
    ENDED
  }

  /**
   * Returns the end of the last record that is known to end within {@code bytes[start, end)}, or
   * {@code start} if none is. The answer for a record does not depend on how much follows it: cuts
   * for any block size fall between the same records.
   *
   * @param start where a record starts
   * @param offset of {@code start} in the decoded stream
   */
  int lastEnd(byte[] bytes, int start, int end, long offset, Input input);

  /** Returns what passes over the record at {@code offset}, which is too long to be held. */
  default Passing passing(long offset) {
    return new Passing() {
      @Override
      public int end(byte[] bytes, int end) {
        int at = Utf8.indexOf((byte) '\n', bytes, 0, end);
        return at == end ? -1 : at + 1;
      }

      @Override
      public long lines() {
        return 1;
      }
    };
  }

  /** Passes over one record, however its bytes come. Not safe for several threads. */
  interface Passing {
    /**
     * Returns one behind the record's end in the next {@code bytes[0, end)}, or -1 if it goes on.
     */
    int end(byte[] bytes, int end);

    /** Returns the line ends passed. */
    long lines();

    /** Returns whether a file that ends with this record is whole. */
    default boolean isWhole() {
      return false;
    }
  }

  /**
   * Returns whether a record ends wherever a line feed stands, so that a file can be entered
   * anywhere.
   */
  default boolean isEveryLineEnd() {
    return false;
  }

  /**
   * Returns whether parsers must be told where a file ends, because records alone do not say that
   * it is whole.
   */
  default boolean tellsEnd() {
    return false;
  }
}
