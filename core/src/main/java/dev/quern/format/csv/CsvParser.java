package dev.quern.format.csv;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.format.source.Boundaries.Input;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.SampleKeys;
import dev.quern.format.source.TextSlices;
import dev.quern.text.Utf8;
import dev.quern.text.ValueParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses blocks of rows into batches: other types first, texts once the row is known to be good.
 */
final class CsvParser implements RecordFormat.Parser<CsvLayout> {
  private final CsvSettings settings;
  private final List<InputFile> files;
  private final Schema schema;
  private final SampleKeys sampleKeys;
  private final Outcome out;
  private final Keys.Builder keys = new Keys.Builder();

  /** By field: the values, of which one of both is there. */
  private final TextSlices.@Nullable Values[] texts;

  private final @Nullable ColumnBuilder[] builders;
  private final @Nullable ValueParser[] parsers;
  private final TextSlices slices = new TextSlices();

  /** By field: the cell that holds it in this file, or -1. */
  private final int[] cellOf;

  private byte[] scratch = new byte[64];
  private CsvScanner scanner =
      new CsvScanner((byte) ',', -1, CsvSettings.Quote.DOUBLE, CsvSettings.MAX_ROW_BYTES);
  private int width;
  private int file;
  private long data;
  private long lines;
  private long samples;

  /** Whether texts of the block at hand must be checked one by one. */
  private boolean suspect;

  CsvParser(
      CsvSettings settings,
      List<InputFile> files,
      Schema schema,
      SampleKeys sampleKeys,
      Outcome out) {
    this.settings = settings;
    this.files = files;
    this.schema = schema;
    this.sampleKeys = sampleKeys;
    this.out = out;
    this.texts = new TextSlices.Values[schema.size()];
    this.builders = new ColumnBuilder[schema.size()];
    this.parsers = new ValueParser[schema.size()];
    this.cellOf = new int[schema.size()];
    for (int i = 0; i < schema.size(); i++) {
      Type type = schema.field(i).type();
      if (type.kind() == Type.Kind.TEXT) {
        texts[i] = new TextSlices.Values();
      } else {
        builders[i] = ColumnBuilder.of(type);
        parsers[i] = ValueParser.of(type);
      }
    }
  }

  @Override
  public void begin(int number, CsvLayout layout, long start, long offset) {
    scanner = layout.scanner(settings.maxRowBytes());
    width = layout.names().size();
    file = number;
    data = start + layout.data();
    lines = 0;
    Arrays.fill(cellOf, -1);
    for (int cell = 0; cell < width; cell++) {
      int field = schema.indexOf(layout.names().get(cell));
      if (field < 0) {
        throw new DataException(
            "unknown_field",
            files.get(number).name()
                + ": the header must name fields of the schema; found: another name in cell "
                + (cell + 1)
                + "; plan again");
      }
      cellOf[field] = cell;
    }
  }

  @Override
  public void block(byte[] bytes, long offset) {
    slices.over(bytes);
    suspect = !Utf8.isValid(bytes, 0, bytes.length) || Utf8.hasNul(bytes, 0, bytes.length);
    int row = 0;
    while (row < bytes.length) {
      int next = scanner.scan(bytes, row, bytes.length, Input.ENDED);
      // Rows that are passed over are not looked at: too long, a comment is told as well.
      boolean told =
          scanner.cells() > 0 || scanner.fault() != null || next - row > settings.maxRowBytes();
      if (offset + row >= data && told) {
        row(bytes, row, next, offset);
      }
      lines += scanner.lines();
      row = next;
    }
    flush();
  }

  private void row(byte[] bytes, int row, int next, long offset) {
    samples++;
    if (next - row > settings.maxRowBytes()) {
      int kept = Math.min(scanner.contentEnd() - row, settings.maxRowBytes());
      setAside(
          bytes, row, row + Math.min(kept, RecordFormat.RAW_OF_TOO_LONG), offset, "", tooLong());
    } else if (scanner.fault() != null) {
      String expected =
          scanner.fault().equals(CsvScanner.UNCLOSED_QUOTE)
              ? "a row of RFC 4180 of at most " + settings.maxRowBytes() + " bytes (max_row_bytes)"
              : "a row of RFC 4180";
      Fault fault = Fault.of(scanner.fault(), expected);
      setAside(bytes, row, scanner.contentEnd(), offset, "", fault);
    } else if (scanner.cells() != width) {
      String rule = scanner.cells() < width ? "too_few_fields" : "too_many_fields";
      Fault fault = Fault.of(rule, width + " fields, not " + scanner.cells());
      setAside(bytes, row, scanner.contentEnd(), offset, "", fault);
    } else if (values(bytes, row, offset)) {
      texts(bytes);
      sampleKeys.append(offset + row, keys);
      if (keys.size() >= BatchBuilder.ROWS) {
        flush();
      }
    }
  }

  /** Appends what is no text and checks what is; returns false if the row was set aside. */
  private boolean values(byte[] bytes, int row, long offset) {
    for (int i = 0; i < cellOf.length; i++) {
      int cell = cellOf[i];
      String rule = cell < 0 ? missing(i) : value(bytes, i, cell);
      if (rule != null) {
        for (int before = 0; before <= i; before++) {
          if (builders[before] != null) {
            builders[before].truncate(keys.size());
          }
        }
        Field field = schema.field(i);
        String expected =
            switch (rule) {
              case "malformed_utf8" -> "UTF-8, or of the encoding declared";
              case "nul_byte" -> "text without NUL";
              default -> field.type().toString();
            };
        Fault fault = Fault.of(rule, expected, bytes, scanner.start(cell), scanner.end(cell));
        setAside(bytes, row, scanner.contentEnd(), offset, field.name(), fault);
        return false;
      }
    }
    return true;
  }

  private @Nullable String missing(int field) {
    ColumnBuilder builder = builders[field];
    if (builder != null) {
      builder.appendNull();
    }
    return null;
  }

  private @Nullable String value(byte[] bytes, int field, int cell) {
    int start = scanner.start(cell);
    int end = scanner.end(cell);
    if (suspect) {
      if (!Utf8.isValid(bytes, start, end)) {
        return "malformed_utf8";
      }
      if (Utf8.hasNul(bytes, start, end)) {
        return "nul_byte";
      }
    }
    ColumnBuilder builder = builders[field];
    ValueParser parser = parsers[field];
    if (builder == null || parser == null) {
      return null;
    }
    if (isBlank(bytes, start, end)) {
      builder.appendNull();
      return null;
    }
    if (scanner.kind(cell) != CsvScanner.ESCAPED) {
      return parser.parse(bytes, start, end, builder);
    }
    scratch = end - start > scratch.length ? new byte[2 * (end - start)] : scratch;
    return parser.parse(scratch, 0, unescape(bytes, start, end, scratch, 0), builder);
  }

  private void texts(byte[] bytes) {
    for (int i = 0; i < cellOf.length; i++) {
      TextSlices.Values values = texts[i];
      int cell = cellOf[i];
      if (values == null) {
        continue;
      }
      if (cell < 0) {
        values.addNull();
        continue;
      }
      int start = scanner.start(cell);
      int end = scanner.end(cell);
      switch (scanner.kind(cell)) {
        case CsvScanner.UNQUOTED -> {
          if (start == end) {
            values.addNull();
          } else {
            values.add(start, end);
          }
        }
        case CsvScanner.QUOTED -> values.add(start, end);
        default -> {
          int room = slices.room(end - start);
          int stop = unescape(bytes, start, end, slices.bytes(), room);
          slices.giveBack(room + end - start - stop);
          values.add(room, stop);
        }
      }
    }
  }

  @Override
  public void tooLong(byte[] head, long offset, long lineEnds) {
    // A header is no sample, however long.
    if (offset >= data) {
      samples++;
      setAside(head, 0, head.length, offset, "", tooLong());
    }
    lines += lineEnds;
  }

  @Override
  public void end() {
    flush();
  }

  @Override
  public long lines() {
    return lines;
  }

  @Override
  public long samples() {
    return samples;
  }

  private Fault tooLong() {
    return Fault.of("too_long", "at most " + settings.maxRowBytes() + " bytes (max_row_bytes)");
  }

  private void setAside(byte[] bytes, int start, int end, long offset, String field, Fault fault) {
    byte[] raw = Arrays.copyOfRange(bytes, start, end);
    out.quarantine(new Place(sampleKeys.source(), file, offset + start, lines), field, fault, raw);
  }

  private void flush() {
    if (keys.size() == 0) {
      return;
    }
    List<Column> columns = new ArrayList<>(cellOf.length);
    for (int i = 0; i < cellOf.length; i++) {
      TextSlices.Values values = texts[i];
      ColumnBuilder builder = builders[i];
      if (values != null) {
        columns.add(values.build(slices));
      } else if (builder != null) {
        columns.add(builder.build());
      }
    }
    out.keep(Batch.of(schema, columns, keys.build()));
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at == end;
  }

  private static int unescape(byte[] bytes, int start, int end, byte[] into, int at) {
    int put = at;
    int from = start;
    while (from < end) {
      // A doubled quote: the first one is taken with what stands before it.
      int to = Math.min(end, CsvScanner.quote(bytes, from, end) + 1);
      System.arraycopy(bytes, from, into, put, to - from);
      put += to - from;
      from = to + (bytes[to - 1] == '"' ? 1 : 0);
    }
    return put;
  }
}
