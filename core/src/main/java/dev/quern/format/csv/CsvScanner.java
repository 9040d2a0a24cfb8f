package dev.quern.format.csv;

import dev.quern.format.source.Boundaries.Input;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cells of one row after the other, eight bytes at a time where nothing happens.
 *
 * <p>A row ends with LF, CR LF or CR outside quotes. A cell is quoted if it begins with a quote,
 * spaces before and behind the quotes aside; quotes anywhere else stand for themselves. A quote
 * that is not closed within the limit spoils only the line its row begins with, and so does a row
 * of several lines that is longer than the limit: its first line alone is a row whose quote is not
 * closed, and so it is told. Cutting and reading use this one class, so they agree on where rows
 * end. Reused; not safe for several threads.
 */
final class CsvScanner {
  /** How the bytes of a cell are to be read. */
  static final byte UNQUOTED = 0;

  /** Between quotes. */
  static final byte QUOTED = 1;

  /** Between quotes and with doubled quotes in it. */
  static final byte ESCAPED = 2;

  /** The rule of rows whose quotes are not closed within the limit. */
  static final String UNCLOSED_QUOTE = "unclosed_quote";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte QUOTE = '"';

  private final byte delimiter;
  private final int comment;
  private final int limit;
  private final long delimiters;

  private final CsvSettings.Quote quoting;

  /** Whether delimiter or quotes have another meaning than usual. */
  private final boolean unusual;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[] kinds = new byte[16];
  private int cells;
  private int contentEnd;
  private int lines;
  private int quotedLines;
  private @Nullable String fault;

  /**
   * Makes a scanner.
   *
   * @param comment the first byte of comment lines, or -1
   * @param limit longest row in bytes
   */
  CsvScanner(byte delimiter, int comment, CsvSettings.Quote quoting, int limit) {
    this.delimiter = delimiter;
    this.quoting = quoting;
    this.comment = comment;
    this.limit = limit;
    this.delimiters = (delimiter & 0xffL) * ONES;
    this.unusual =
        delimiter == QUOTE
            || delimiter == '\n'
            || delimiter == '\r'
            || quoting == CsvSettings.Quote.NONE;
  }

  /** Returns the number of cells of the row; 0 for a blank line or a comment. */
  int cells() {
    return cells;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  byte kind(int cell) {
    return kinds[cell];
  }

  /** Returns one behind the row's last byte before its line end. */
  int contentEnd() {
    return contentEnd;
  }

  /** Returns the line ends passed, those within quotes included. */
  int lines() {
    return lines;
  }

  /** Returns the rule the row as a whole breaks. */
  @Nullable String fault() {
    return fault;
  }

  /**
   * Scans the row that begins at {@code row}.
   *
   * @return one behind its line end, or -1 if that is not known from {@code bytes[row, end)}
   */
  int scan(byte[] bytes, int row, int end, Input input) {
    int next = plainRow(bytes, row, end);
    return next >= 0 ? next : scanAny(bytes, row, end, input);
  }

  /** Scans any row as {@link #scan} does, byte by byte where quotes stand. */
  int scanAny(byte[] bytes, int row, int end, Input input) {
    int next = scanRow(bytes, row, end, input);
    boolean tooLong = next < 0 ? end - row > limit : next - row > limit;
    if (tooLong && quotedLines > 0) {
      cells = 0;
      lines = 0;
      next = line(bytes, row, end, input);
      fault = UNCLOSED_QUOTE;
    }
    return next;
  }

  /**
   * Scans a row that is there with its line end, whose quotes enclose whole cells and which is
   * neither blank nor comment nor too long: nearly every row. Returns one behind its line end, or
   * -1 for any other row.
   */
  private int plainRow(byte[] bytes, int row, int end) {
    byte first = bytes[row];
    if (first == ' ' || first == '\n' || first == '\r' || first == comment || unusual) {
      return -1;
    }
    cells = 0;
    quotedLines = 0;
    int cell = row;
    int at = row;
    while (at + 8 <= end) {
      long hits = specials((long) LONGS.get(bytes, at));
      int next = at + 8;
      while (hits != 0) {
        int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        byte b = bytes[hit];
        if (b == QUOTE) {
          hit = hit == cell ? plainQuoted(bytes, hit + 1, end) : -1;
          if (hit < 0) {
            return -1;
          }
          b = bytes[hit];
          next = hit + 1;
          hits = 0;
        } else {
          add(cell, hit, UNQUOTED);
        }
        if (b != delimiter) {
          return plainEnd(bytes, row, hit, end);
        }
        cell = hit + 1;
      }
      at = next;
    }
    return -1;
  }

  /** Adds the quoted cell that begins at {@code start}; returns what ends it, or -1 if unclear. */
  private int plainQuoted(byte[] bytes, int start, int end) {
    byte kind = QUOTED;
    int at = start;
    while (true) {
      at = quote(bytes, at, end);
      if (at + 1 >= end) {
        return -1;
      }
      byte b = bytes[at + 1];
      if (b == QUOTE) {
        kind = ESCAPED;
        at += 2;
      } else if (b == delimiter || b == '\n' || b == '\r') {
        add(start, at, kind);
        quotedLines += lineEnds(bytes, start, at);
        return at + 1;
      } else {
        return -1;
      }
    }
  }

  private int plainEnd(byte[] bytes, int row, int at, int end) {
    if (at + 1 == end && bytes[at] == '\r') {
      return -1;
    }
    int next = bytes[at] == '\r' && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    if (next - row > limit) {
      return -1;
    }
    contentEnd = at;
    lines = quotedLines + 1;
    fault = null;
    return next;
  }

  /** Marks delimiters, line ends and quotes of a word, all of them exactly. */
  private long specials(long word) {
    long other = notZero(word ^ delimiters) & notZero(word ^ QUOTE * ONES);
    return ~(other & notZero(word ^ '\n' * ONES) & notZero(word ^ '\r' * ONES)) & HIGHS;
  }

  /** Marks by their highest bits the bytes of a word that are not zero; the other bits vary. */
  private static long notZero(long word) {
    return (word & ~HIGHS) + ~HIGHS | word;
  }

  private int scanRow(byte[] bytes, int row, int end, Input input) {
    cells = 0;
    fault = null;
    lines = 0;
    quotedLines = 0;
    if (bytes[row] == comment || isBlank(bytes, row, end)) {
      return line(bytes, row, end, input);
    }
    int at = row;
    while (true) {
      int cell = at;
      int quote = openingQuote(bytes, at, end);
      if (quote == end && input == Input.CONTINUES) {
        return -1;
      }
      if (quote < end) {
        int close = closingQuote(bytes, quote + 1, end, row, input);
        if (close == -1) {
          return -1;
        }
        if (close == -2) {
          cells = 0;
          lines = 0;
          int next = line(bytes, row, end, input);
          fault = UNCLOSED_QUOTE;
          return next;
        }
        at = afterQuote(bytes, close + 1, end);
      } else {
        at = special(bytes, at, end);
        add(cell, at, UNQUOTED);
      }
      if (at == end) {
        contentEnd = end;
        return input == Input.ENDED ? end : -1;
      }
      if (bytes[at] != delimiter) {
        contentEnd = at;
        return lineEnd(bytes, at, end, input);
      }
      at++;
    }
  }

  /** Returns the first quote of a quoted cell, {@code end} if unknown yet, else beyond the end. */
  private int openingQuote(byte[] bytes, int from, int end) {
    if (quoting == CsvSettings.Quote.NONE) {
      return Integer.MAX_VALUE;
    }
    int at = from;
    while (at < end && bytes[at] == ' ' && delimiter != ' ') {
      at++;
    }
    if (at == end) {
      // Spaces alone so far; the cell ends here or goes on in bytes not yet seen.
      return end;
    }
    return bytes[at] == QUOTE ? at : Integer.MAX_VALUE;
  }

  /**
   * Adds the quoted cell that begins at {@code start} and returns its closing quote; -1 if more
   * must be seen, -2 if it has none.
   */
  private int closingQuote(byte[] bytes, int start, int end, int row, Input input) {
    int most = (int) Math.min(end, row + (long) limit);
    byte kind = QUOTED;
    int at = start;
    while (true) {
      at = quote(bytes, at, most);
      if (at >= most) {
        return most < end || end - row >= limit || input == Input.ENDED ? -2 : -1;
      }
      if (at + 1 == end && input == Input.CONTINUES && end - row < limit) {
        return -1;
      }
      if (at + 1 >= most || bytes[at + 1] != QUOTE) {
        add(start, at, kind);
        quotedLines += lineEnds(bytes, start, at);
        lines = quotedLines;
        return at;
      }
      kind = ESCAPED;
      at += 2;
    }
  }

  private int afterQuote(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] == ' ' && bytes[at] != delimiter) {
      at++;
    }
    if (at < end && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
      fault = "text_after_quote";
      at = special(bytes, at, end);
    }
    return at;
  }

  private int line(byte[] bytes, int row, int end, Input input) {
    int at = row;
    while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    contentEnd = at;
    if (at == end) {
      return input == Input.ENDED ? end : -1;
    }
    return lineEnd(bytes, at, end, input);
  }

  private int lineEnd(byte[] bytes, int at, int end, Input input) {
    lines++;
    if (bytes[at] == '\n') {
      return at + 1;
    }
    if (at + 1 == end) {
      // A line feed may follow.
      return input == Input.ENDED ? end : -1;
    }
    return bytes[at + 1] == '\n' ? at + 2 : at + 1;
  }

  private boolean isBlank(byte[] bytes, int row, int end) {
    int at = row;
    while (at < end && bytes[at] == ' ' && delimiter != ' ') {
      at++;
    }
    return at == end || bytes[at] == '\n' || bytes[at] == '\r';
  }

  private void add(int start, int end, byte kind) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, 2 * cells);
      ends = Arrays.copyOf(ends, 2 * cells);
      kinds = Arrays.copyOf(kinds, 2 * cells);
    }
    starts[cells] = start;
    ends[cells] = end;
    kinds[cells++] = kind;
  }

  /** Returns the next delimiter or line end. */
  private int special(byte[] bytes, int from, int end) {
    int at = from;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      long hits = zeros(word ^ delimiters) | zeros(word ^ '\n' * ONES) | zeros(word ^ '\r' * ONES);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Returns the next quote, or {@code end}. */
  static int quote(byte[] bytes, int from, int end) {
    int at = from;
    while (at + 8 <= end) {
      long hits = zeros((long) LONGS.get(bytes, at) ^ QUOTE * ONES);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] != QUOTE) {
      at++;
    }
    return at;
  }

  /** Marks the zero bytes of a word; exact up to and including the lowest one. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  private static int lineEnds(byte[] bytes, int start, int end) {
    int count = 0;
    int at = start;
    for (; at + 8 <= end; at += 8) {
      long word = (long) LONGS.get(bytes, at);
      if (zeros(word ^ '\r' * ONES) != 0) {
        return count + lineEndsOneByOne(bytes, at, end);
      }
      count += Long.bitCount(~notZero(word ^ '\n' * ONES) & HIGHS);
    }
    return count + lineEndsOneByOne(bytes, at, end);
  }

  private static int lineEndsOneByOne(byte[] bytes, int start, int end) {
    int count = 0;
    for (int at = start; at < end; at++) {
      boolean feed = bytes[at] == '\n';
      count += feed || bytes[at] == '\r' && (at + 1 == end || bytes[at + 1] != '\n') ? 1 : 0;
    }
    return count;
  }
}
