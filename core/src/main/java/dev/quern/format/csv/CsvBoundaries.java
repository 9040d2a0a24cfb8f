package dev.quern.format.csv;

import dev.quern.format.source.Boundaries;

/** Rows end where the scanner says; without quotes in sight that is the last line end. */
record CsvBoundaries(CsvLayout layout, int limit) implements Boundaries {
  @Override
  public int lastEnd(byte[] bytes, int start, int end, long offset, Input input) {
    if (input == Input.ENDED) {
      return end;
    }
    boolean quotes = layout.quote() == CsvSettings.Quote.DOUBLE;
    int quote = quotes ? CsvScanner.quote(bytes, start, end) : end;
    if (quote == end) {
      return lastLineEnd(bytes, start, end);
    }
    CsvScanner scanner = layout.scanner(limit);
    // Rows before the first quote need no scan of their cells.
    int at = lastLineEnd(bytes, start, quote);
    while (at < end) {
      int next = scanner.scan(bytes, at, end, input);
      if (next < 0) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** A row that is too long ends with its line: CR, LF or both. */
  @Override
  public Passing passing(long offset) {
    return new Passing() {
      private boolean carriageReturn;

      @Override
      public int end(byte[] bytes, int end) {
        if (carriageReturn) {
          return bytes[0] == '\n' ? 1 : 0;
        }
        int at = 0;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
          at++;
        }
        if (at == end) {
          return -1;
        }
        carriageReturn = bytes[at] == '\r';
        if (carriageReturn && at + 1 == end) {
          return -1;
        }
        return carriageReturn && bytes[at + 1] == '\n' ? at + 2 : at + 1;
      }

      @Override
      public long lines() {
        return 1;
      }
    };
  }

  private static int lastLineEnd(byte[] bytes, int start, int end) {
    int at = end;
    while (at > start && bytes[at - 1] != '\n' && (bytes[at - 1] != '\r' || at == end)) {
      at--;
    }
    return at;
  }
}
