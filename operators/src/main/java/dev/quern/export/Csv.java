package dev.quern.export;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetTypes;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.Writer;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes CSV as RFC 4180 has it: UTF-8, a line of names, commas, lines that end in CR LF, quotes
 * where they are needed. A missing value is empty, an empty text is two quotes; timestamps and
 * dates are ISO 8601 in UTC, bytes base64, lists and structs JSON. In a file of one column a
 * missing value is an empty line.
 *
 * <p>Texts that a spreadsheet would take for a formula (they begin with {@code =}, {@code +},
 * {@code -} or {@code @}) are written as they are, because anything else would change the data:
 * import files from people you do not trust as text.
 *
 * @param ids whether ids and splits are written
 * @param compression how the file is compressed
 */
public record Csv(Ids ids, Compression compression) implements Writer {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "export.csv",
          new Localized(
              "Writes CSV with a header; a missing value is empty, an empty text is quoted, lists"
                  + " and structs are JSON; texts like formulas (=, +, -, @) are left as they are.",
              "写出带表头的 CSV；缺失值为空，空文本加引号，列表和结构写为 JSON；" + "形似公式（以 =、+、-、@ 开头）的文本保持原样。"),
          "RFC 4180",
          1,
          Serving.TRAINING_ONLY,
          List.of(Choices.IDS, Choices.COMPRESSION),
          List.of(
              new Example(
                  "{}",
                  "[{\"name\": \"Li, Lei\", \"tags\": [\"a\"]}, {\"name\": \"\", \"tags\": null}]",
                  "name,tags\r\n\"Li, Lei\",\"[\"\"a\"\"]\"\r\n\"\",\r\n")),
          params -> new Csv(params.get(Choices.IDS), params.get(Choices.COMPRESSION)));

  @Override
  public void check(Schema input) {
    if (input.size() == 0 && ids == Ids.NONE) {
      throw new BindException("", "must have a field to write; found: none; keep a field");
    }
  }

  @Override
  public Writing bind(Schema input) {
    return new TextWriting(".csv", compression, () -> new Lines(input, ids));
  }

  private static final class Lines implements Rows {
    private final ValueWriter values = new ValueWriter();
    private final Utf8Buffer cell = new Utf8Buffer();
    private final Schema schema;
    private final Ids ids;

    Lines(Schema schema, Ids ids) {
      this.schema = schema;
      this.ids = ids;
    }

    @Override
    public void header(Utf8Buffer out) {
      if (ids == Ids.STORED) {
        out.putAscii(ParquetTypes.ID).put(',').putAscii(ParquetTypes.SPLIT);
      }
      for (int i = 0; i < schema.size(); i++) {
        byte[] name =
            ParquetTypes.columnName(schema.field(i).name(), ids).getBytes(StandardCharsets.UTF_8);
        comma(i, out);
        quoted(name, name.length, out);
      }
      out.put('\r').put('\n');
    }

    @Override
    public void row(Batch batch, int row, Utf8Buffer out) {
      if (ids == Ids.STORED) {
        out.putAscii(batch.keys().id(row).toString()).put(',');
        out.putAscii(batch.keys().split(row).written());
      }
      for (int i = 0; i < schema.size(); i++) {
        comma(i, out);
        if (batch.column(i).isNull(row)) {
          continue;
        }
        cell.reset();
        values.write(batch.column(i), row, cell);
        if (isQuotable(schema.field(i).type())) {
          quoted(cell.bytes(), cell.length(), out);
        } else {
          out.putBytes(cell.bytes(), 0, cell.length());
        }
      }
      out.put('\r').put('\n');
    }

    private void comma(int field, Utf8Buffer out) {
      if (field > 0 || ids == Ids.STORED) {
        out.put(',');
      }
    }

    private static boolean isQuotable(Type type) {
      return switch (type.kind()) {
        case TEXT, LIST, STRUCT, BYTES -> true;
        case LONG, DOUBLE, FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE -> false;
      };
    }

    private static void quoted(byte[] text, int length, Utf8Buffer out) {
      if (!needsQuotes(text, length)) {
        out.putBytes(text, 0, length);
        return;
      }
      out.put('"');
      int from = 0;
      for (int at = 0; at < length; at++) {
        if (text[at] == '"') {
          out.putBytes(text, from, at + 1);
          from = at;
        }
      }
      out.putBytes(text, from, length).put('"');
    }

    /**
     * Beyond RFC 4180 also for empty texts, white space at an end, a leading # (a comment to many
     * readers) and a leading byte order mark.
     */
    private static boolean needsQuotes(byte[] text, int length) {
      if (length == 0
          || text[0] == '#'
          || text[0] == (byte) 0xef
          || isSpace(text[0])
          || isSpace(text[length - 1])) {
        return true;
      }
      for (int i = 0; i < length; i++) {
        byte b = text[i];
        if (b == ',' || b == '"' || b == '\r' || b == '\n') {
          return true;
        }
      }
      return false;
    }

    private static boolean isSpace(byte b) {
      return b == ' ' || b == '\t';
    }
  }
}
