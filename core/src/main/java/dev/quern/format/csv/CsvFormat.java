package dev.quern.format.csv;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import dev.quern.format.source.Boundaries;
import dev.quern.format.source.Head;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.SampleKeys;
import dev.quern.format.source.TextEncoding;
import dev.quern.format.source.TextFile;
import dev.quern.text.TypeGuess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CSV files as samples. The header of each file says which cell is which field, so files may have
 * their cells in different orders; a field a file lacks is null.
 *
 * <p>Unquoted empty cells are null, quoted ones the empty text (null where the field is no text).
 * Set aside are rows with {@code too_few_fields}, {@code too_many_fields}, {@code unclosed_quote},
 * {@code text_after_quote}, {@code too_long}, {@code nul_byte}, {@code malformed_utf8} and rows
 * with a value that does not fit its type. Blank lines and comments are no samples.
 */
public final class CsvFormat implements RecordFormat<CsvLayout> {
  private final CsvSettings settings;
  private final Schema schema;
  private final List<InputFile> files;

  /** Makes the format of {@code files} with samples of {@code schema}. */
  public CsvFormat(CsvSettings settings, List<InputFile> files, Schema schema) {
    this.settings = settings;
    this.files = List.copyOf(files);
    this.schema = schema;
  }

  /**
   * Tells the schema of {@code files} from the first MiB of each: fields in the order in which the
   * files name them, each with the narrowest type that holds its values.
   */
  public static Schema infer(CsvSettings settings, List<InputFile> files) throws IOException {
    Map<String, TypeGuess> guesses = new LinkedHashMap<>();
    for (InputFile file : files) {
      infer(settings, file, guesses);
    }
    if (guesses.isEmpty()) {
      throw TextFile.nothingIn(
          files, "a header or a row, or its fields must be given as fields: [...]");
    }
    List<Field> fields = new ArrayList<>();
    guesses.forEach(
        (name, guess) -> {
          Type declared = settings.types().get(name);
          fields.add(Field.of(name, declared == null ? guess.type() : declared));
        });
    return new Schema(fields);
  }

  private static void infer(CsvSettings settings, InputFile file, Map<String, TypeGuess> guesses)
      throws IOException {
    Head head = TextFile.head(file, Head.SCHEMA, settings.encoding());
    CsvLayout layout = new CsvDetector(settings, file.name(), head.first(Head.LAYOUT)).layout();
    TypeGuess[] columns = new TypeGuess[layout.names().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = guesses.computeIfAbsent(layout.names().get(i), name -> new TypeGuess());
    }
    CsvScanner scanner = layout.scanner(settings.maxRowBytes());
    byte[] bytes = head.bytes();
    int row = layout.data();
    while (row < bytes.length) {
      row = scanner.scan(bytes, row, bytes.length, head.end());
      if (row < 0) {
        break;
      }
      if (scanner.fault() == null && scanner.cells() == columns.length) {
        for (int i = 0; i < columns.length; i++) {
          columns[i].add(bytes, scanner.start(i), scanner.end(i));
        }
      }
    }
  }

  @Override
  public Optional<TextEncoding> encoding() {
    return settings.encoding();
  }

  @Override
  public CsvLayout layout(InputFile file, Head head) {
    return new CsvDetector(settings, file.name(), head).layout();
  }

  @Override
  public Boundaries boundaries(CsvLayout layout, Head head) {
    return new CsvBoundaries(layout, settings.maxRowBytes());
  }

  @Override
  public int limit(CsvLayout layout) {
    return settings.maxRowBytes();
  }

  @Override
  public Parser<CsvLayout> parser(SampleKeys keys, Outcome out) {
    return new CsvParser(settings, files, schema, keys, out);
  }
}
