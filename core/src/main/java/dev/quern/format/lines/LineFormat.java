package dev.quern.format.lines;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.format.source.Boundaries;
import dev.quern.format.source.Head;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.SampleKeys;
import dev.quern.format.source.TextEncoding;
import dev.quern.format.source.TextSlices;
import dev.quern.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Text files with a sample for each line that is not blank: its text without the line end, and the
 * name of the file. Lines that are {@code malformed_utf8} or {@code too_long} are set aside.
 */
public final class LineFormat implements RecordFormat<LineFormat.Plain> {
  /** The fields of the samples. */
  public static final Schema SCHEMA =
      Schema.of(Field.of("text", Type.TEXT), Field.of("file", Type.TEXT));

  private final List<InputFile> files;
  private final Optional<TextEncoding> encoding;
  private final int maxBytes;

  /** Lines have no layout. */
  public enum Plain {
    /** The one layout. */
    TEXT
  }

  /**
   * Makes the format of {@code files}.
   *
   * @param maxBytes longer lines are set aside
   */
  public LineFormat(List<InputFile> files, Optional<TextEncoding> encoding, int maxBytes) {
    this.files = List.copyOf(files);
    this.encoding = encoding;
    this.maxBytes = maxBytes;
  }

  @Override
  public Optional<TextEncoding> encoding() {
    return encoding;
  }

  @Override
  public Plain layout(InputFile file, Head head) {
    return Plain.TEXT;
  }

  @Override
  public Boundaries boundaries(Plain layout, Head head) {
    return Boundaries.LINES;
  }

  @Override
  public int limit(Plain layout) {
    return maxBytes;
  }

  @Override
  public Parser<Plain> parser(SampleKeys keys, Outcome out) {
    return new Lines(keys, out);
  }

  private final class Lines implements Parser<Plain> {
    private final SampleKeys sampleKeys;
    private final Outcome out;
    private final Keys.Builder keys = new Keys.Builder();
    private final TextSlices slices = new TextSlices();
    private final TextSlices.Values texts = new TextSlices.Values();
    private final TextSlices.Values names = new TextSlices.Values();
    private byte[] name = {};
    private int nameAt;
    private int file;
    private long lines;
    private long samples;

    Lines(SampleKeys sampleKeys, Outcome out) {
      this.sampleKeys = sampleKeys;
      this.out = out;
    }

    @Override
    public void begin(int number, Plain layout, long start, long offset) {
      file = number;
      name = files.get(number).name().getBytes(StandardCharsets.UTF_8);
      lines = 0;
    }

    @Override
    public void block(byte[] bytes, long offset) {
      slices.over(bytes);
      nameAt = slices.room(name.length);
      System.arraycopy(name, 0, slices.bytes(), nameAt, name.length);
      boolean valid = Utf8.isValid(bytes, 0, bytes.length);
      int next;
      for (int at = 0; at < bytes.length; at = next) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
          end++;
        }
        next = Math.min(bytes.length, end + 1);
        int stop = end > at && bytes[end - 1] == '\r' ? end - 1 : end;
        line(bytes, at, stop, next, offset, valid);
        lines += next > end ? 1 : 0;
      }
      flush();
    }

    private void line(byte[] bytes, int at, int stop, int next, long offset, boolean valid) {
      // What is passed over is not looked at, so that a line too long is one though it is blank.
      if (next - at <= maxBytes && isBlank(bytes, at, stop)) {
        return;
      }
      samples++;
      if (next - at > maxBytes) {
        int kept = Math.min(stop, at + Math.min(maxBytes, RAW_OF_TOO_LONG));
        setAside(bytes, at, kept, offset, tooLong());
      } else if (!valid && !Utf8.isValid(bytes, at, stop)) {
        setAside(
            bytes,
            at,
            stop,
            offset,
            Fault.of("malformed_utf8", "UTF-8, or of the encoding declared", bytes, at, stop));
      } else {
        texts.add(at, stop);
        names.add(nameAt, nameAt + name.length);
        sampleKeys.append(offset + at, keys);
        if (keys.size() == BatchBuilder.ROWS) {
          flush();
        }
      }
    }

    @Override
    public void tooLong(byte[] head, long offset, long lineEnds) {
      samples++;
      setAside(head, 0, head.length, offset, tooLong());
      lines += lineEnds;
    }

    private Fault tooLong() {
      return Fault.of("too_long", "at most " + maxBytes + " bytes (max_bytes)");
    }

    private void setAside(byte[] bytes, int start, int end, long offset, Fault fault) {
      Place place = new Place(sampleKeys.source(), file, offset + start, lines);
      out.quarantine(place, "text", fault, Arrays.copyOfRange(bytes, start, end));
    }

    private void flush() {
      if (keys.size() > 0) {
        out.keep(Batch.of(SCHEMA, List.of(texts.build(slices), names.build(slices)), keys.build()));
      }
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
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at == end;
  }
}
