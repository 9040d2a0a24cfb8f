package dev.quern.format.jsonl;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.SampleKeys;
import dev.quern.text.JsonDecoder;
import dev.quern.text.PlainJson;
import dev.quern.text.StrictJson;
import dev.quern.text.Utf8;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Parses blocks of lines or of array elements into batches. */
final class JsonlParser implements RecordFormat.Parser<JsonLayout> {
  private static final String TOO_LONG = "too_long";

  private final JsonlSettings settings;
  private final List<InputFile> files;
  private final Schema schema;
  private final SampleKeys sampleKeys;
  private final Outcome out;
  private final BatchBuilder batch;
  private final JsonDecoder[] decoders;
  private final PlainJson plain;
  private final ArrayScanner scanner = new ArrayScanner();
  private JsonLayout layout = JsonLayout.LINES;
  private int file;
  private long start;
  private long lines;
  private long samples;

  /** Whether the array has ended in this block or before it. */
  private boolean closed;

  /** Whether an element must follow the block parsed last: it ended behind a comma or bracket. */
  private boolean open;

  /** The field being read: at fault if a rule is broken; empty between fields. */
  private String field = "";

  JsonlParser(
      JsonlSettings settings,
      List<InputFile> files,
      Schema schema,
      SampleKeys sampleKeys,
      Outcome out) {
    this.settings = settings;
    this.files = files;
    this.schema = schema;
    this.sampleKeys = sampleKeys;
    this.out = out;
    this.batch = new BatchBuilder(schema);
    this.plain = new PlainJson(schema, batch);
    this.decoders = new JsonDecoder[schema.size()];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = JsonDecoder.of(schema.field(i).type());
    }
  }

  @Override
  public void begin(int number, JsonLayout newLayout, long newStart, long offset) {
    layout = newLayout;
    file = number;
    start = newStart;
    lines = 0;
    closed = false;
    open = false;
  }

  @Override
  public void block(byte[] bytes, long offset) {
    if (layout == JsonLayout.ARRAY) {
      array(bytes, offset);
    } else {
      lines(bytes, offset);
    }
  }

  private void lines(byte[] bytes, long offset) {
    int at = 0;
    while (at < bytes.length) {
      int end = JsonlFormat.lineEnd(bytes, at);
      int next = Math.min(bytes.length, end + 1);
      if (next - at > settings.maxSampleBytes()) {
        samples++;
        int kept = Math.min(settings.maxSampleBytes(), RecordFormat.RAW_OF_TOO_LONG);
        setAside(bytes, at, Math.min(end, at + kept), offset, "", tooLong());
      } else if (skipSpace(bytes, at, end) < end) {
        sample(bytes, at, at, end, offset);
      }
      lines += next > end ? 1 : 0;
      at = next;
    }
  }

  private void array(byte[] bytes, long offset) {
    boolean first = offset == start;
    int at = first ? ArrayScanner.firstElement(bytes, 0, bytes.length) : 0;
    // What is passed over counts from the block's beginning, so that is where a first one begins.
    int record = 0;
    open = at == bytes.length;
    while (!closed && at < bytes.length) {
      int begin = skipSpace(bytes, at, bytes.length);
      int end = scanner.elementEnd(bytes, begin, bytes.length);
      closed = scanner.closed();
      boolean last = closed || end == bytes.length;
      int next = last ? bytes.length : end + 1;
      if (next - record > settings.maxSampleBytes()) {
        tooLong(bytes, record, next, offset);
        at = next;
      } else {
        at = element(bytes, record, begin, end, offset, closed && first);
      }
      if (end == bytes.length) {
        unclosed(bytes, end, offset);
      }
      open = !last && next == bytes.length;
      record = at;
      first = false;
    }
    int rest = skipSpace(bytes, Math.min(at, bytes.length), bytes.length);
    if (closed && rest < bytes.length) {
      samples++;
      countLines(bytes, at, rest);
      Fault fault = Fault.of("trailing_content", "nothing behind the array");
      setAside(bytes, rest, bytes.length, offset, "", fault);
      at = rest;
    }
    countLines(bytes, Math.min(at, bytes.length), bytes.length);
  }

  /** Reads the element in {@code bytes[begin, end)}; returns one behind the byte that ends it. */
  private int element(
      byte[] bytes, int record, int begin, int end, long offset, boolean mayBeMissing) {
    countLines(bytes, record, begin);
    // Only an empty array may hold nothing where an element should be.
    if (begin < end || end < bytes.length && !mayBeMissing) {
      sample(bytes, begin, begin, end, offset);
    }
    int next = Math.min(bytes.length, end + 1);
    countLines(bytes, begin, next);
    return next;
  }

  private void tooLong(byte[] bytes, int record, int next, long offset) {
    int kept = Math.min(settings.maxSampleBytes(), RecordFormat.RAW_OF_TOO_LONG);
    long before = lines;
    countLines(bytes, record, next);
    long all = lines - before;
    lines = before;
    tooLong(Arrays.copyOfRange(bytes, record, Math.min(next, record + kept)), offset + record, all);
  }

  private void unclosed(byte[] bytes, int end, long offset) {
    samples++;
    Fault fault = Fault.of("unclosed_array", "an array closed by a bracket");
    setAside(bytes, end, end, offset, "", fault);
  }

  @Override
  public void fileEnded(long offset) {
    if (open) {
      unclosed(new byte[0], 0, offset);
    }
  }

  private void sample(byte[] bytes, int position, int begin, int end, long offset) {
    samples++;
    int row = batch.count();
    if (Utf8.isValid(bytes, begin, end)) {
      if (plain.read(bytes, begin, end, row)) {
        kept(offset + position);
        return;
      }
      truncate(row);
    }
    field = "";
    String rule = StrictJson.read(bytes, begin, end, this::object);
    if (rule == null) {
      for (int i = 0; i < decoders.length; i++) {
        if (batch.column(i).size() == row) {
          batch.column(i).appendNull();
        }
      }
      kept(offset + position);
      return;
    }
    truncate(row);
    // The parser looks ahead, so a mistake in the grammar belongs to no field.
    boolean grammar = rule.equals("malformed_json") || rule.equals("malformed_utf8");
    field = grammar ? "" : field;
    setAside(bytes, begin, end, offset, field, fault(rule));
  }

  private void kept(long position) {
    sampleKeys.append(position, batch.keys());
    if (batch.isFull()) {
      out.keep(batch.build());
    }
  }

  private void truncate(int row) {
    for (int i = 0; i < decoders.length; i++) {
      batch.column(i).truncate(row);
    }
  }

  private @Nullable String object(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return "not_an_object";
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int position = schema.indexOf(parser.currentName());
      if (position < 0) {
        return "unknown_field";
      }
      field = schema.field(position).name();
      parser.nextToken();
      String rule = decoders[position].decode(parser, batch.column(position));
      if (rule != null) {
        return rule;
      }
      field = "";
    }
    return null;
  }

  private Fault fault(String rule) {
    String expected =
        switch (rule) {
          case "unknown_field" -> "a field of the schema, or declared in types";
          case "not_an_object" -> "a JSON object";
          case "malformed_utf8" -> "UTF-8, or of the encoding declared";
          default -> field.isEmpty() ? "JSON of RFC 8259" : expected();
        };
    return Fault.of(rule, expected);
  }

  private String expected() {
    return schema.field(schema.indexOf(field)).type().toString();
  }

  @Override
  public void tooLong(byte[] head, long offset, long lineEnds) {
    samples++;
    long behind = lines + lineEnds;
    int begin = layout == JsonLayout.ARRAY ? skipSpace(head, 0, head.length) : 0;
    countLines(head, 0, begin);
    setAside(head, begin, head.length, offset, "", tooLong());
    lines = behind;
    // Where an array ends here without a bracket, that is told as well.
    open = true;
  }

  @Override
  public void end() {
    if (batch.count() > 0) {
      out.keep(batch.build());
    }
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
    String expected = "at most " + settings.maxSampleBytes() + " bytes (max_sample_bytes)";
    return Fault.of(TOO_LONG, expected);
  }

  private void setAside(
      byte[] bytes, int begin, int end, long offset, String atFault, Fault fault) {
    byte[] raw = Arrays.copyOfRange(bytes, begin, end);
    Place place = new Place(sampleKeys.source(), file, offset + begin, lines);
    out.quarantine(place, atFault, fault, raw);
  }

  private void countLines(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      lines += bytes[at] == '\n' ? 1 : 0;
    }
  }

  private static int skipSpace(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && JsonLayout.isSpace(bytes[at])) {
      at++;
    }
    return at;
  }
}
