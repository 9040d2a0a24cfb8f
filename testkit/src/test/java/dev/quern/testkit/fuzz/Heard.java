package dev.quern.testkit.fuzz;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.testkit.Gen;
import dev.quern.text.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a reading hands on, sample by sample, with its lines numbered as a run does. */
final class Heard implements Outcome {
  final List<String> samples = new ArrayList<>();
  final List<String> values = new ArrayList<>();
  final List<String> quarantined = new ArrayList<>();
  private final Slice slice = new Slice();
  private long lines;

  /** Whether morsels keep the bytes that cutting read. */
  enum Payload {
    KEPT,
    DROPPED
  }

  /** What became of a reading: samples and what was set aside, or the code it was refused with. */
  record Result(List<String> samples, List<String> quarantined, String refused) {}

  /** Reads everything in morsels of {@code bytes}; what the reading declares to throw is told. */
  static Result of(Reading reading, long bytes, Payload payload) throws IOException {
    Heard heard = new Heard();
    try {
      heard.all(reading, bytes, payload);
    } catch (DataException e) {
      Harmless.check(e);
      return new Result(List.of(), List.of(), e.code());
    }
    return new Result(heard.samples, heard.quarantined, "");
  }

  void all(Reading reading, long bytes, Payload payload) throws IOException {
    try (MorselCutter cutter = reading.cutter(bytes)) {
      int file = -1;
      int ordinal = 0;
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        lines = morsel.firstFile() == file ? lines : 0;
        long before = samples.size() + quarantined.size();
        Reading.Read read = reading.read(payload == Payload.KEPT ? morsel : morsel.bare(), this);
        long found = samples.size() + quarantined.size() - before;
        if (found != read.samples()) {
          throw new AssertionError("found " + found + " samples, counted " + read.samples());
        }
        if (morsel.ordinal() != ordinal++) {
          throw new AssertionError("ordinals must have no gaps");
        }
        lines = morsel.lastFile() == file ? lines + read.lines() : read.lines();
        file = morsel.lastFile();
      }
    }
  }

  @Override
  public void keep(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Object> sample = new ArrayList<>();
      for (Column column : batch.columns()) {
        Object value = column.valueAt(row);
        if (value instanceof String && column.type().equals(Type.TEXT)) {
          column.sliceAt(row, slice);
          if (!Utf8.isValid(slice.bytes, slice.start, slice.end)) {
            throw new AssertionError("a text must be UTF-8");
          }
        }
        sample.add(told(value));
      }
      values.add(sample.toString());
      samples.add(
          batch.keys().id(row)
              + " "
              + batch.keys().origin(row)
              + " "
              + batch.keys().position(row)
              + " "
              + sample);
    }
  }

  /** Arrays of bytes, which may lie deep in lists and structs, are told by their content. */
  private static Object told(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Heard::told).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringBuilder all = new StringBuilder();
      map.forEach((name, part) -> all.append(name).append('=').append(told(part)).append(','));
      return "{" + all + "}";
    }
    return String.valueOf(value);
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    // Names of fields are told, wherever they come from.
    if ((fault + fault.rule()).contains(Gen.CANARY)) {
      throw new AssertionError("a fault must not tell the text of samples: " + fault);
    }
    String told =
        place.file() + "@" + place.position() + " line " + (lines + place.line()) + " " + field;
    quarantined.add(told + " " + fault + " " + fault.rule() + " " + Arrays.hashCode(raw));
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    throw new AssertionError("readers set aside by place");
  }

  @Override
  public void created(long count) {
    throw new AssertionError("readers create no samples");
  }

  @Override
  public void merged(long count) {
    throw new AssertionError("readers merge no samples");
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    throw new AssertionError("readers drop no samples");
  }
}
