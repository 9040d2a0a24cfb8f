package dev.quern.engine.pass;

import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.TaskResolver;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The readings of a pass and the names of their sources and files. */
public final class Readings implements SideFiles.Names {
  private final TaskResolver resolver;
  private final RunContext run;
  private final Function<Stored, Reading> versions;
  private final IdentityHashMap<Samples, Reading> readings = new IdentityHashMap<>();
  private final Map<Integer, Samples.Read> bySource = new TreeMap<>();
  private long bytes;

  private Readings(TaskResolver resolver, RunContext run, Function<Stored, Reading> versions) {
    this.resolver = resolver;
    this.run = run;
    this.versions = versions;
  }

  /** Returns the readings that {@code samples} are made from. */
  static Readings of(
      Samples samples, TaskResolver resolver, RunContext run, Function<Stored, Reading> versions) {
    Readings readings = new Readings(resolver, run, versions);
    readings.collect(samples);
    return readings;
  }

  private void collect(Samples samples) {
    if (readings.containsKey(samples)) {
      return;
    }
    if (samples instanceof Samples.Read read) {
      add(samples, resolver.reading(read.reader(), read.source(), read.schema(), run));
      bySource.putIfAbsent(read.source().number(), read);
    } else if (samples instanceof Samples.FromStored from) {
      add(
          samples,
          switch (from.stored().format()) {
            case BLOCKS -> new BlockReading(from.stored());
            case PARQUET -> versions.apply(from.stored());
          });
    }
    samples.inputs().forEach(this::collect);
  }

  private void add(Samples samples, Reading reading) {
    readings.put(samples, reading);
    bytes += reading.bytes();
  }

  Reading of(Samples samples) {
    Reading reading = readings.get(samples);
    if (reading == null) {
      throw new IllegalStateException("samples must be of this pass");
    }
    return reading;
  }

  /** Returns the size of all input in bytes as stored. */
  long bytes() {
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
