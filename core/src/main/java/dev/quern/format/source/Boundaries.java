package dev.quern.format.source;

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

  /** Returns whether {@code b} ends a line, to which a record that is too long is passed over. */
  default boolean isLineEnd(byte b) {
    return b == '\n';
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
