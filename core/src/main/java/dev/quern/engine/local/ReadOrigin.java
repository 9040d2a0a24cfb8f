package dev.quern.engine.local;

import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a reading.
 *
 * @param reading the code
 * @param label of the reader's counts; empty where samples that were counted before are read back
 */
record ReadOrigin(Reading reading, Optional<String> label) implements Origin {

  @Override
  public long bytes() {
    return reading.bytes();
  }

  @Override
  public boolean isSource() {
    return label.isPresent();
  }

  @Override
  public Supply supply(long morselBytes) throws IOException {
    return new Morsels(reading.cutter(morselBytes));
  }

  @Override
  public Lane lane(Work work, Way next) {
    // Samples read back are counted where they were made; this label is never reported.
    StepOutcome outcome = new StepOutcome(label.orElse(Work.AGAIN + "stored"), work, next);
    return piece -> {
      Tally tally = outcome.tally();
      tally.begin();
      Reading.Read read = reading.read(morsel(piece), outcome);
      tally.read += read.samples();
      tally.end((int) Math.min(Integer.MAX_VALUE, read.samples()));
      return new Done(read, 0);
    };
  }

  private static Morsel morsel(Piece piece) {
    if (piece.morsel() == null) {
      throw new IllegalStateException("a reading must be given a morsel");
    }
    return piece.morsel();
  }

  /** Morsels as pieces. */
  private record Morsels(MorselCutter cutter) implements Supply {
    @Override
    public @Nullable Piece next() throws IOException {
      Morsel morsel = cutter.next();
      return morsel == null ? null : new Piece(morsel.ordinal(), morsel);
    }

    @Override
    public void skip(TaskLine finished) throws IOException {
      if (finished.morsel() == null) {
        throw new IllegalStateException("journal must name the morsel of a finished task");
      }
      cutter.skip(finished.morsel());
    }

    @Override
    public long bytesRead() {
      return cutter.bytesRead();
    }

    @Override
    public void close() throws IOException {
      cutter.close();
    }
  }
}
