package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.UnreadFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The readings of a pass, made when they are asked for, and the names of their sources and files.
 * Safe for several threads.
 */
public final class Readings implements SideFiles.Names {
  private final TaskResolver resolver;
  private final RunContext run;
  private final Function<Stored, Reading> versions;
  private final SampleFiles stored;
  private final ArrayList<Files> reads;
  private final Map<Samples, List<InputFile>> files = new IdentityHashMap<>();
  private final Map<Samples, Reading> readings = new IdentityHashMap<>();
  private final Map<Integer, Samples.Read> bySource = new TreeMap<>();

  /**
   * A read and its files, found once so that they have the same numbers for all workers.
   *
   * @param files sorted by name
   */
  public record Files(Samples.Read read, List<InputFile> files) implements Serializable {}

  /**
   * Makes the readings of {@code reads} and of all that is stored.
   *
   * @param stored how points stored as blocks are read
   */
  public Readings(
      List<Files> reads,
      TaskResolver resolver,
      RunContext run,
      Function<Stored, Reading> versions,
      SampleFiles stored) {
    this.resolver = resolver;
    this.stored = stored;
    this.run = run;
    this.versions = versions;
    this.reads = new ArrayList<>(reads);
    for (Files one : reads) {
      files.put(one.read(), one.files());
      bySource.putIfAbsent(one.read().source().number(), one.read());
    }
  }

  /** Returns the reads with their files. */
  public List<Files> files() {
    return reads;
  }

  /** Returns the files of {@code samples}, a read of this pass. */
  List<InputFile> filesOf(Samples samples) {
    return files.getOrDefault(samples, List.of());
  }

  /** Finds the files of all reads that {@code samples} are made from. */
  static List<Files> find(Samples samples, TaskResolver resolver) throws IOException {
    List<Files> found = new ArrayList<>();
    find(samples, resolver, new IdentityHashMap<>(), found);
    return found;
  }

  private static void find(
      Samples samples, TaskResolver resolver, Map<Samples, Boolean> seen, List<Files> found)
      throws IOException {
    if (seen.put(samples, true) != null) {
      return;
    }
    if (samples instanceof Samples.Read read) {
      try {
        found.add(new Files(read, resolver.files(read.reader(), read.source())));
      } catch (IOException | DataException e) {
        UnreadFile.mark(e, read.source().name());
        throw e;
      }
    }
    for (Samples input : samples.inputs()) {
      find(input, resolver, seen, found);
    }
  }

  /** Returns the reading of {@code samples}, a read of this pass or stored ones. */
  public synchronized Reading of(Samples samples) {
    return readings.computeIfAbsent(samples, this::reading);
  }

  private Reading reading(Samples samples) {
    if (samples instanceof Samples.FromStored from) {
      return switch (from.stored().format()) {
        case BLOCKS -> new BlockReading(from.stored(), stored);
        case PARQUET -> versions.apply(from.stored());
      };
    }
    List<InputFile> known = files.get(samples);
    if (known != null && samples instanceof Samples.Read read) {
      return resolver.reading(read.reader(), read.source(), known, read.schema(), run);
    }
    throw new IllegalStateException("samples must be of this pass");
  }

  /** Returns the size in bytes, as stored, of all input that {@code samples} are made from. */
  long bytes(Samples samples) {
    Map<Samples, Boolean> seen = new IdentityHashMap<>();
    return bytes(samples, seen);
  }

  private long bytes(Samples samples, Map<Samples, Boolean> seen) {
    if (seen.put(samples, true) != null) {
      return 0;
    }
    long bytes = samples.inputs().isEmpty() ? of(samples).bytes() : 0;
    for (Samples input : samples.inputs()) {
      bytes += bytes(input, seen);
    }
    return bytes;
  }

  @Override
  public Object source(int source) {
    Samples.Read read = bySource.get(source);
    return read == null ? (Object) (long) source : read.source().name();
  }

  @Override
  public Object file(int source, int file) {
    Samples.Read read = bySource.get(source);
    return read == null ? (Object) (long) file : of(read).file(file);
  }
}
