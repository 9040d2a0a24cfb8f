package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a point that was stored as blocks: a morsel is a run of frames of one file. */
final class BlockReading implements Reading {
  private final Stored stored;
  private final SampleFiles files;

  BlockReading(Stored stored, SampleFiles files) {
    this.stored = stored;
    this.files = files;
  }

  @Override
  public long bytes() {
    return stored.bytes();
  }

  @Override
  public String file(int number) {
    return String.valueOf(path(number).getFileName());
  }

  private Path path(int number) {
    return Path.of(stored.shards().get(number).path());
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new Cutter(morselBytes);
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    long[] samples = {0};
    BlockFile.read(
        files,
        path(morsel.firstFile()),
        stored.schema(),
        morsel.from(),
        morsel.to(),
        batch -> {
          samples[0] += batch.count();
          out.keep(batch);
        });
    return new Read(morsel.to() - morsel.from(), 0, samples[0]);
  }

  /** Groups frames by their heads; the bodies are left to the workers. */
  private final class Cutter implements MorselCutter {
    private final long morselBytes;
    private int file;
    private long place;
    private int ordinal;
    private long bytesRead;
    private SampleFiles.@Nullable Input open;

    Cutter(long morselBytes) {
      this.morselBytes = morselBytes;
    }

    @Override
    public synchronized @Nullable Morsel next() throws IOException {
      while (file < stored.shards().size()) {
        Shard shard = stored.shards().get(file);
        if (place == shard.bytes()) {
          leave();
          continue;
        }
        long from = place;
        SampleFiles.Input in = enter(shard);
        while (place < shard.bytes() && place - from < morselBytes) {
          place += Frames.head(in, place).size();
          bytesRead += Frames.HEADER;
        }
        return new Morsel(ordinal++, 0, file, file, from, place, null);
      }
      return null;
    }

    private SampleFiles.Input enter(Shard shard) throws IOException {
      if (open == null) {
        Path path = path(file);
        long found = Files.exists(path) ? files.size(path) : 0;
        if (found != shard.bytes()) {
          throw new DataException(
              "stored_damaged",
              path
                  + ": stored samples must be "
                  + shard.bytes()
                  + " (bytes); found: "
                  + found
                  + "; delete the file and run again");
        }
        open = files.open(path);
      }
      return open;
    }

    private void leave() throws IOException {
      close();
      file++;
      place = 0;
    }

    @Override
    public synchronized void skip(Morsel finished) throws IOException {
      if (finished.lastFile() != file) {
        close();
      }
      file = finished.lastFile();
      place = finished.to();
      ordinal = finished.ordinal() + 1;
    }

    @Override
    public synchronized long bytesRead() {
      return bytesRead;
    }

    @Override
    public synchronized void close() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
