package dev.quern.format.source;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Source;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads each file as one sample; morsels are groups of files. */
public final class WholeFiles implements Reading {
  private final Source source;
  private final List<InputFile> files;
  private final Schema schema;
  private final long maxBytes;
  private final Sampling sampling;

  /** Makes a sample of a file. Safe for several threads. */
  public interface Sampling {
    /**
     * Appends one value to each column of {@code batch}, without keys.
     *
     * @return null, or what is wrong with the file; nothing is appended then
     */
    @Nullable Fault append(InputFile file, byte[] content, BatchBuilder batch);

    /** Returns the content of {@code file} if it is not larger than {@code most} bytes. */
    Content read(InputFile file, long most) throws IOException;
  }

  /**
   * What was read of a file.
   *
   * @param bytes its content; null if it is larger than wanted
   * @param stored bytes read from the disk
   */
  public record Content(byte @Nullable [] bytes, long stored) {}

  /**
   * Makes a reading of {@code files} as samples of {@code schema}.
   *
   * @param maxBytes larger files are set aside
   */
  public WholeFiles(
      Source source, List<InputFile> files, Schema schema, long maxBytes, Sampling sampling) {
    this.source = source;
    this.files = List.copyOf(files);
    this.schema = schema;
    this.maxBytes = maxBytes;
    this.sampling = sampling;
  }

  @Override
  public long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  @Override
  public String file(int number) {
    return files.get(number).name();
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new Cutter(morselBytes);
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    BatchBuilder batch = new BatchBuilder(schema);
    SampleKeys keys = new SampleKeys(source);
    long stored = 0;
    long held = 0;
    for (int number = morsel.firstFile(); number <= morsel.lastFile(); number++) {
      InputFile file = files.get(number);
      Content content = sampling.read(file, maxBytes);
      stored += content.stored();
      byte[] bytes = content.bytes();
      Place place = new Place(source.number(), number, 0, 0);
      if (bytes == null) {
        out.quarantine(place, "", tooLarge(), new byte[0]);
        continue;
      }
      Fault fault = sampling.append(file, bytes, batch);
      if (fault != null) {
        out.quarantine(place, "", fault, bytes);
        continue;
      }
      keys.begin(file, number);
      keys.append(0, batch.keys());
      held += bytes.length;
      if (batch.count() == BatchBuilder.ROWS || held >= BatchBuilder.BYTES) {
        out.keep(batch.build());
        held = 0;
      }
    }
    if (batch.count() > 0) {
      out.keep(batch.build());
    }
    return new Read(stored, 0, morsel.lastFile() - morsel.firstFile() + 1L);
  }

  private Fault tooLarge() {
    return Fault.of("too_large", "at most " + maxBytes + " bytes (max_bytes)");
  }

  /** Takes files until they make a morsel. */
  private final class Cutter implements MorselCutter {
    private final long morselBytes;
    private int ordinal;
    private int file;

    Cutter(long morselBytes) {
      this.morselBytes = morselBytes;
    }

    @Override
    public synchronized @Nullable Morsel next() {
      if (file == files.size()) {
        return null;
      }
      int first = file;
      long total = 0;
      do {
        total += files.get(file).bytes();
        file++;
      } while (file < files.size() && total + files.get(file).bytes() <= morselBytes);
      long to = files.get(file - 1).bytes();
      return new Morsel(ordinal++, source.number(), first, file - 1, 0, to, null);
    }

    @Override
    public synchronized void skip(Morsel finished) {
      file = finished.lastFile() + 1;
      ordinal = finished.ordinal() + 1;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {
      // Holds no file.
    }
  }
}
