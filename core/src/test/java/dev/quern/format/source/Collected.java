package dev.quern.format.source;

import dev.quern.data.Batch;
import dev.quern.data.Split;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a reading hands on, one line for each sample: ids, ranks and values. */
public final class Collected implements Outcome {
  public final List<String> samples = new ArrayList<>();
  public final List<List<Object>> values = new ArrayList<>();
  public final List<String> quarantined = new ArrayList<>();
  public int morsels;
  private long lines;

  /** Whether morsels keep the bytes that cutting read. */
  public enum Payload {
    KEPT,
    DROPPED,
    /** There were none: places were found without reading. */
    ABSENT
  }

  public static Source source(Path folder) {
    return new Source(
        1, "s", folder.toString(), folder.resolve("cache").toString(), Split.TEST, List.of());
  }

  public static InputFile file(Path folder, String name, byte[] content) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, content);
      return new InputFile(
          name, path.toString(), content.length, Files.getLastModifiedTime(path).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads everything, each morsel's line numbers made lines of the file as a run does. */
  public static Collected all(Reading reading, long morselBytes, Payload payload)
      throws IOException {
    Collected all = new Collected();
    try (MorselCutter cutter =
        payload == Payload.ABSENT ? reading.places(morselBytes) : reading.cutter(morselBytes)) {
      int file = -1;
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        all.lines = morsel.firstFile() == file ? all.lines : 0;
        long before = all.quarantined.size() + all.samples.size();
        Reading.Read read = reading.read(payload == Payload.KEPT ? morsel : morsel.bare(), all);
        if (all.quarantined.size() + all.samples.size() - before != read.samples()) {
          throw new AssertionError("a sample is lost or counted twice");
        }
        if (morsel.ordinal() != all.morsels++) {
          throw new AssertionError("ordinals have gaps");
        }
        all.lines = morsel.lastFile() == file ? all.lines + read.lines() : read.lines();
        file = morsel.lastFile();
      }
    }
    return all;
  }

  @Override
  public void keep(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Object> all = new ArrayList<>();
      for (int c = 0; c < batch.schema().size(); c++) {
        all.add(batch.column(c).valueAt(row));
      }
      values.add(all);
      samples.add(
          batch.keys().id(row)
              + " "
              + batch.keys().origin(row)
              + " "
              + batch.keys().position(row)
              + " "
              + batch.keys().split(row)
              + " "
              + all);
    }
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    quarantined.add(
        place.file()
            + "@"
            + place.position()
            + " line "
            + (place.line() + lines + 1)
            + " "
            + field
            + " "
            + fault.rule()
            + " "
            + raw.length);
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

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    throw new AssertionError("readers set aside by place");
  }
}
