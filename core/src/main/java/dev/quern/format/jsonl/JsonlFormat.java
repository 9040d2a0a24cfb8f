package dev.quern.format.jsonl;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import dev.quern.format.source.Boundaries;
import dev.quern.format.source.Head;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.SampleKeys;
import dev.quern.format.source.TextEncoding;
import dev.quern.format.source.TextFile;
import dev.quern.text.StrictJson;
import dev.quern.text.Utf8;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON lines and JSON arrays as samples: a file that begins with {@code [} is one array of objects,
 * every other one holds an object a line. Nested objects are structs, arrays lists; missing fields
 * are null.
 *
 * <p>Set aside are samples that break a rule of {@link StrictJson}, {@code not_an_object}, {@code
 * unknown_field} (declare it in types), {@code too_long}, {@code unclosed_array} and values that do
 * not fit their type.
 */
public final class JsonlFormat implements RecordFormat<JsonLayout> {
  private final JsonlSettings settings;
  private final Schema schema;
  private final List<InputFile> files;

  /** Makes the format of {@code files} with samples of {@code schema}. */
  public JsonlFormat(JsonlSettings settings, List<InputFile> files, Schema schema) {
    this.settings = settings;
    this.files = List.copyOf(files);
    this.schema = schema;
  }

  /** Tells the schema of {@code files} from the samples in the first MiB of each. */
  public static Schema infer(JsonlSettings settings, List<InputFile> files) throws IOException {
    JsonGuess guess = JsonGuess.ofSamples();
    boolean empty = settings.types().isEmpty();
    for (InputFile file : files) {
      Head head = TextFile.head(file, Head.SCHEMA, settings.encoding());
      empty &= isBlank(head);
      infer(head, guess);
    }
    if (empty) {
      throw TextFile.nothingIn(files, "a sample, or its fields must be given as types: {...}");
    }
    Schema schema = guess.schema();
    for (Map.Entry<String, dev.quern.data.Type> declared : settings.types().entrySet()) {
      schema = schema.with(Field.of(declared.getKey(), declared.getValue()));
    }
    return schema;
  }

  private static void infer(Head head, JsonGuess guess) {
    byte[] bytes = head.bytes();
    ArrayScanner scanner = new ArrayScanner();
    boolean array = JsonLayout.of(head) == JsonLayout.ARRAY;
    int at = array ? ArrayScanner.firstElement(bytes, 0, bytes.length) : 0;
    while (at < bytes.length) {
      int end = array ? scanner.elementEnd(bytes, at, bytes.length) : lineEnd(bytes, at);
      // What the head cuts off is no sample.
      if (end == bytes.length && head.end() == Boundaries.Input.CONTINUES) {
        break;
      }
      add(bytes, at, end, guess);
      if (array && scanner.closed()) {
        break;
      }
      at = end + 1;
    }
  }

  private static boolean isBlank(Head head) {
    byte[] bytes = head.bytes();
    int at = 0;
    while (at < bytes.length && JsonLayout.isSpace(bytes[at])) {
      at++;
    }
    return at == bytes.length && head.end() == Boundaries.Input.ENDED;
  }

  private static void add(byte[] bytes, int start, int end, JsonGuess guess) {
    if (StrictJson.check(bytes, start, end) == null) {
      StrictJson.read(
          bytes,
          start,
          end,
          parser -> {
            if (parser.currentToken() == tools.jackson.core.JsonToken.START_OBJECT) {
              guess.addParts(parser);
            }
            return null;
          });
    }
  }

  static int lineEnd(byte[] bytes, int start) {
    return Utf8.indexOf((byte) '\n', bytes, start, bytes.length);
  }

  @Override
  public Optional<TextEncoding> encoding() {
    return settings.encoding();
  }

  @Override
  public JsonLayout layout(InputFile file, Head head) {
    return JsonLayout.of(head);
  }

  @Override
  public Boundaries boundaries(JsonLayout layout, Head head) {
    return layout == JsonLayout.ARRAY ? new ArrayBoundaries(head.start()) : Boundaries.LINES;
  }

  @Override
  public int limit(JsonLayout layout) {
    return settings.maxSampleBytes();
  }

  @Override
  public Parser<JsonLayout> parser(SampleKeys keys, Outcome out) {
    return new JsonlParser(settings, files, schema, keys, out);
  }
}
