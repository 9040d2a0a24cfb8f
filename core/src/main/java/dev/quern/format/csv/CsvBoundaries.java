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

  @Override
  public boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  private static int lastLineEnd(byte[] bytes, int start, int end) {
    int at = end;
    while (at > start && bytes[at - 1] != '\n' && (bytes[at - 1] != '\r' || at == end)) {
      at--;
    }
    return at;
  }
}
