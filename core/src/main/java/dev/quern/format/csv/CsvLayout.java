package dev.quern.format.csv;

import java.util.List;

/**
 * What is told from the beginning of a CSV file.
 *
 * @param delimiter between the cells
 * @param comment first byte of comment lines, or -1
 * @param quote whether quotes enclose cells
 * @param names of the cells in order
 * @param data offset of the first row behind the header, in bytes from the file's first row
 */
record CsvLayout(
    byte delimiter, int comment, CsvSettings.Quote quote, List<String> names, int data) {

  /** Returns what finds the cells of such a file. */
  CsvScanner scanner(int limit) {
    return new CsvScanner(delimiter, comment, quote, limit);
  }
}
