package dev.quern.format.csv;

import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.format.source.Boundaries.Input;
import dev.quern.format.source.Head;
import dev.quern.text.TypeGuess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells delimiter and header from the beginning of a file. */
final class CsvDetector {
  private static final byte[] DELIMITERS = {',', ';', '\t', '|'};

  /** Rows by which the delimiter is told. */
  private static final int ROWS = 200;

  private final CsvSettings settings;
  private final String file;
  private final Head head;
  private final int comment;

  CsvDetector(CsvSettings settings, String file, Head head) {
    this.settings = settings;
    this.file = file;
    this.head = head;
    this.comment = settings.comment().map(c -> (int) c).orElse(-1);
  }

  CsvLayout layout() {
    byte delimiter = settings.delimiter().map(c -> (byte) c.charValue()).orElseGet(this::delimiter);
    CsvScanner scanner =
        new CsvScanner(delimiter, comment, settings.quote(), settings.maxRowBytes());
    byte[] bytes = head.bytes();
    int row = 0;
    while (row < bytes.length) {
      int next = scanner.scan(bytes, row, bytes.length, head.end());
      if (next < 0) {
        throw new DataException(
            "header_too_long",
            file + ": the first row must end within " + Head.LAYOUT + " bytes; found: no end");
      }
      if (scanner.cells() > 0) {
        return layout(delimiter, scanner, next);
      }
      row = next;
    }
    return new CsvLayout(delimiter, comment, settings.quote(), settings.fields(), 0);
  }

  private CsvLayout layout(byte delimiter, CsvScanner scanner, int next) {
    List<String> cells = cells(scanner);
    boolean header =
        switch (settings.header()) {
          case PRESENT -> true;
          case NONE -> false;
          case AUTO ->
              settings.fields().isEmpty() ? isHeader(scanner) : cells.equals(settings.fields());
        };
    List<String> names = settings.fields();
    if (names.isEmpty()) {
      names = header ? checked(cells) : numbered(cells.size());
    }
    return new CsvLayout(delimiter, comment, settings.quote(), names, header ? next : 0);
  }

  private List<String> cells(CsvScanner scanner) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < scanner.cells(); i++) {
      String cell =
          new String(
              head.bytes(),
              scanner.start(i),
              scanner.end(i) - scanner.start(i),
              StandardCharsets.UTF_8);
      cells.add(
          (scanner.kind(i) == CsvScanner.ESCAPED ? cell.replace("\"\"", "\"") : cell).strip());
    }
    return cells;
  }

  private boolean isHeader(CsvScanner scanner) {
    for (int i = 0; i < scanner.cells(); i++) {
      TypeGuess guess = new TypeGuess();
      byte[] cell = Arrays.copyOfRange(head.bytes(), scanner.start(i), scanner.end(i));
      for (int at = 0; at < cell.length; at++) {
        // Numbers with a decimal comma stay texts, but they name no fields.
        cell[at] = cell[at] == ',' ? (byte) '.' : cell[at];
      }
      guess.add(cell, 0, cell.length);
      if (!guess.type().equals(Type.TEXT)) {
        return false;
      }
    }
    return true;
  }

  /** Names may not be told in the message: a file without header has data there. */
  private List<String> checked(List<String> names) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String cell = "cell " + (i + 1) + " of " + names.size();
      if (name.isEmpty()) {
        throw wrongHeader("name every cell", cell + " without a name");
      }
      if (name.indexOf('\ufffd') >= 0) {
        throw new DataException(
            "header_malformed",
            file
                + ": the header must be UTF-8; found: other bytes in "
                + cell
                + "; give the file's encoding as encoding: ..., if it is a text file");
      }
      if (name.chars().anyMatch(CsvDetector::isBinary)) {
        throw wrongHeader("hold no control characters", "one in " + cell);
      }
      Integer first = seen.putIfAbsent(name, i);
      if (first != null) {
        throw wrongHeader(
            "have unique names", "one name in cells " + (first + 1) + " and " + (i + 1));
      }
    }
    return List.copyOf(names);
  }

  /** Whether {@code c} is a control character that no text holds; names may have line ends. */
  private static boolean isBinary(int c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r';
  }

  private DataException wrongHeader(String must, String found) {
    return new DataException(
        "header_malformed",
        file
            + ": the header must "
            + must
            + "; found: "
            + found
            + "; give the names as fields: [...] with header: present, or header: none if there"
            + " is none");
  }

  static List<String> numbered(int cells) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= cells; i++) {
      names.add("f" + i);
    }
    return names;
  }

  /** The delimiter by which most rows have the most usual number of cells, more than one. */
  private byte delimiter() {
    byte best = ',';
    double bestScore = 0;
    for (byte delimiter : DELIMITERS) {
      double score = score(delimiter);
      // Rows of decimal commas may agree in their commas as well.
      boolean rather = best == ',' && delimiter == ';' && score > 1 && commasAreDecimal();
      if (score > bestScore || rather) {
        best = delimiter;
        bestScore = score;
      }
    }
    return best;
  }

  /** Whether a digit stands on each side of every comma. */
  private boolean commasAreDecimal() {
    byte[] bytes = head.bytes();
    for (int i = 0; i < bytes.length; i++) {
      boolean between =
          i > 0 && i + 1 < bytes.length && isDigit(bytes[i - 1]) && isDigit(bytes[i + 1]);
      if (bytes[i] == ',' && !between) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private double score(byte delimiter) {
    CsvScanner scanner =
        new CsvScanner(delimiter, comment, settings.quote(), settings.maxRowBytes());
    byte[] bytes = head.bytes();
    Map<Integer, Integer> widths = new TreeMap<>();
    int rows = 0;
    for (int row = 0; row < bytes.length && rows < ROWS; ) {
      int next = scanner.scan(bytes, row, bytes.length, rows == 0 ? Input.ENDED : head.end());
      if (next < 0) {
        break;
      }
      if (scanner.cells() > 0) {
        widths.merge(scanner.cells(), 1, Integer::sum);
        rows++;
      }
      row = next;
    }
    double best = 0;
    for (Map.Entry<Integer, Integer> width : widths.entrySet()) {
      if (width.getKey() > 1) {
        // Agreement of the rows decides; among equals more cells.
        double agreement = (double) width.getValue() / rows;
        best = Math.max(best, agreement * agreement * (1 + 0.01 * Math.min(width.getKey(), 50)));
      }
    }
    return best;
  }
}
