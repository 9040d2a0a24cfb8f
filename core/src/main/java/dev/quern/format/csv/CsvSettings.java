package dev.quern.format.csv;

import dev.quern.data.Type;
import dev.quern.format.source.TextEncoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recipe says of CSV files; what it leaves out is detected file by file.
 *
 * @param delimiter between the cells, one ASCII character
 * @param header whether the first row names the fields
 * @param fields names of the fields in the order of the cells; empty for the header's, or f1, f2 …
 * @param comment lines that begin with this ASCII character are passed over
 * @param encoding of the files
 * @param types of fields, instead of inferred ones
 * @param quote whether quotes enclose cells
 * @param maxRowBytes longer rows are set aside
 */
public record CsvSettings(
    Optional<Character> delimiter,
    Header header,
    List<String> fields,
    Optional<Character> comment,
    Optional<TextEncoding> encoding,
    Map<String, Type> types,
    Quote quote,
    int maxRowBytes) {
  /** Bytes of the longest row unless said otherwise: 16 MiB. */
  public static final int MAX_ROW_BYTES = 16 << 20;

  /** Everything detected. */
  public static final CsvSettings DETECTED =
      new CsvSettings(
          Optional.empty(),
          Header.AUTO,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Quote.DOUBLE,
          MAX_ROW_BYTES);

  /** Whether the first row names the fields. */
  public enum Header {
    /** It does if none of its cells is a number, date or bool. */
    AUTO,
    PRESENT,
    NONE
  }

  /** Whether quotes enclose cells. */
  public enum Quote {
    /** A cell that begins with {@code "} ends with it; doubled it stands for itself. */
    DOUBLE,
    /** Quotes stand for themselves. */
    NONE
  }
}
