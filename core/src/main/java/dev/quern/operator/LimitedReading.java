package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read of the first samples alone: for a quick look at large sources. */
final class LimitedReading implements Reading {
  private final Reading reading;
  private final long limit;

  LimitedReading(Reading reading, long limit) {
    this.reading = reading;
    this.limit = limit;
  }

  @Override
  public long bytes() {
    return reading.bytes();
  }

  @Override
  public String file(int number) {
    return reading.file(number);
  }

  /** Each morsel is counted while it is cut, so that the next is cut only if it is needed. */
  @Override
  public MorselCutter cutter(long morselBytes) throws IOException {
    MorselCutter cutter = reading.cutter(Math.min(morselBytes, 1 << 20));
    return new MorselCutter() {
      private long remaining = limit;

      @Override
      public synchronized @Nullable Morsel next() throws IOException {
        if (remaining <= 0) {
          return null;
        }
        Morsel morsel = cutter.next();
        if (morsel == null) {
          return null;
        }
        Morsel first = morsel.atMost(remaining);
        Counting counted = new Counting();
        reading.read(morsel, counted);
        remaining -= counted.kept;
        return first;
      }

      @Override
      public synchronized void skip(Morsel finished) throws IOException {
        cutter.skip(finished);
        Counting counted = new Counting();
        reading.read(finished, counted);
        remaining -= counted.kept;
      }

      @Override
      public long bytesRead() {
        return cutter.bytesRead();
      }

      @Override
      public void close() throws IOException {
        cutter.close();
      }
    };
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    Cut cut = new Cut(out, morsel.most());
    Read read = reading.read(morsel, cut);
    cut.release(Long.MAX_VALUE, Long.MAX_VALUE);
    return new Read(read.bytes(), read.lines(), cut.kept + cut.quarantined);
  }

  /** Counts what would be kept. */
  private static class Counting implements Outcome {
    long kept;
    long quarantined;

    @Override
    public void keep(Batch batch) {
      kept += batch.count();
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {}

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      quarantined++;
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      quarantined++;
    }
  }

  /**
   * Hands on the first samples, and what is set aside before the last of them. Readers tell what
   * they set aside at once but samples by the batch, so the former waits for the latter.
   */
  private static final class Cut extends Counting {
    private final Outcome out;
    private final long limit;
    private final List<Waiting> waiting = new ArrayList<>();

    Cut(Outcome out, long limit) {
      this.out = out;
      this.limit = limit;
    }

    @Override
    public void keep(Batch batch) {
      int count = (int) Math.min(batch.count(), limit - kept);
      if (count <= 0) {
        return;
      }
      int[] rows = new int[count];
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(i);
      }
      Batch first = batch.select(rows, count);
      super.keep(first);
      if (kept < limit) {
        release(Long.MAX_VALUE, Long.MAX_VALUE);
      } else {
        int last = rows[count - 1];
        release(file(batch, last), batch.keys().position(last));
      }
      out.keep(first);
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      if (kept < limit) {
        Runnable tell =
            () -> {
              super.quarantine(batch, row, field, fault);
              out.quarantine(batch, row, field, fault);
            };
        waiting.add(new Waiting(file(batch, row), batch.keys().position(row), tell));
      }
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      if (kept < limit) {
        Runnable tell =
            () -> {
              super.quarantine(place, field, fault, raw);
              out.quarantine(place, field, fault, raw);
            };
        waiting.add(new Waiting(place.file(), place.position(), tell));
      }
    }

    /** Tells what waits and stands before {@code position} of {@code file}. */
    void release(long file, long position) {
      for (Waiting one : waiting) {
        if (one.file < file || one.file == file && one.position < position) {
          one.tell.run();
        }
      }
      waiting.clear();
    }

    /** The lower half of a sample's origin is the number of its file. */
    private static int file(Batch batch, int row) {
      return (int) batch.keys().origin(row);
    }
  }

  private record Waiting(long file, long position, Runnable tell) {}
}
