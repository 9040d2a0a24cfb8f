package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Source;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads lines {@code key,value,split,body} of plain files; a value that is no number goes to
 * quarantine. Counts what it reads.
 */
final class LineReading implements Reading {
  private final Source source;
  private final List<Path> files;
  private final Schema schema;
  private final AtomicLong morselsRead;

  LineReading(Source source, List<Path> files, Schema schema, AtomicLong morselsRead) {
    this.source = source;
    this.files = files;
    this.schema = schema;
    this.morselsRead = morselsRead;
  }

  @Override
  public long bytes() {
    long total = 0;
    for (Path file : files) {
      total += file.toFile().length();
    }
    return total;
  }

  @Override
  public String file(int number) {
    return String.valueOf(files.get(number).getFileName());
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new Cutter((int) Math.min(1 << 28, morselBytes));
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    morselsRead.incrementAndGet();
    byte[] bytes = morsel.payload();
    if (bytes == null) {
      bytes = slice(morsel.firstFile(), morsel.from(), morsel.to());
    }
    BatchBuilder builder = new BatchBuilder(schema);
    long line = 0;
    long samples = 0;
    int at = 0;
    while (at < bytes.length) {
      int end = at;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      long position = morsel.from() + at;
      String[] parts = new String(bytes, at, end - at, StandardCharsets.UTF_8).split(",", 4);
      samples++;
      if (!parts[1].isEmpty() && !parts[1].matches("-?\\d+")) {
        byte[] raw = java.util.Arrays.copyOfRange(bytes, at, end);
        Place place = new Place(source.number(), morsel.firstFile(), position, line);
        byte[] value = parts[1].getBytes(StandardCharsets.UTF_8);
        out.quarantine(
            place, "value", Fault.of("not_a_number", "long", value, 0, value.length), raw);
      } else {
        append(builder, morsel.firstFile(), position, parts);
        if (builder.isFull() || builder.count() == 1000) {
          out.keep(builder.build());
        }
      }
      line++;
      at = end + 1;
    }
    Batch rest = builder.build();
    if (rest.count() > 0) {
      out.keep(rest);
    }
    return new Read(morsel.payload() == null ? bytes.length : 0, line, samples);
  }

  private void append(BatchBuilder builder, int file, long position, String[] parts) {
    SampleId id = SampleId.of(source.name(), file(file), position, 0);
    Split split =
        switch (parts[2]) {
          case "t" -> Split.TRAIN;
          case "v" -> Split.VALIDATION;
          default -> Split.NONE;
        };
    long origin = ((long) source.number() << 32) + file;
    builder.keys().append(id.high(), id.low(), origin, position, 0, split.code());
    builder.column(0).appendText(parts[0]);
    if (parts[1].isEmpty()) {
      builder.column(1).appendNull();
    } else {
      builder.column(1).appendLong(Long.parseLong(parts[1]));
    }
    builder.column(2).appendText(parts[3]);
  }

  private byte[] slice(int file, long from, long to) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(files.get(file).toFile(), "r")) {
      byte[] bytes = new byte[(int) (to - from)];
      in.seek(from);
      in.readFully(bytes);
      return bytes;
    }
  }

  private final class Cutter implements MorselCutter {
    private final int target;
    private int file;
    private long at;
    private int ordinal;
    private long read;

    Cutter(int target) {
      this.target = target;
    }

    @Override
    public synchronized Morsel next() throws IOException {
      while (file < files.size()) {
        long size = Files.size(files.get(file));
        if (at >= size) {
          file++;
          at = 0;
          continue;
        }
        long to = Math.min(size, at + target);
        byte[] bytes = slice(file, at, to);
        while (to < size && bytes[bytes.length - 1] != '\n') {
          to = Math.min(size, to + 256);
          bytes = slice(file, at, to);
          int last = bytes.length - 1;
          while (last >= 0 && bytes[last] != '\n') {
            last--;
          }
          if (last >= 0) {
            bytes = java.util.Arrays.copyOf(bytes, last + 1);
            to = at + bytes.length;
          }
        }
        read += bytes.length;
        // Every other morsel comes without its bytes, as plain files may.
        boolean carried = ordinal % 2 == 0;
        if (!carried) {
          read -= bytes.length;
        }
        Morsel morsel =
            new Morsel(ordinal++, source.number(), file, file, at, to, carried ? bytes : null);
        at = to;
        return morsel;
      }
      return null;
    }

    @Override
    public synchronized void skip(Morsel finished) {
      file = finished.lastFile();
      at = finished.to();
      ordinal = finished.ordinal() + 1;
    }

    @Override
    public synchronized long bytesRead() {
      return read;
    }

    @Override
    public void close() {}
  }
}
