package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import dev.quern.engine.Morsel;
import dev.quern.engine.Reading;
import dev.quern.engine.UnreadFile;
import java.io.IOException;

/** Makes the code of a worker where samples enter a stage, by their origin. */
record Lanes(Workbench bench, Work work) {

  /** Returns the code that sends the samples of {@code origin} to {@code next}. */
  Lane of(Origin origin, int stage, Way next) {
    if (origin instanceof Origin.Reads reads) {
      return reading(reads, next);
    }
    if (origin instanceof Origin.Blocks blocks) {
      return blocks(blocks, next);
    }
    if (origin instanceof Origin.Groups groups) {
      return new GroupLane(groups, stage, bench, work, next);
    }
    if (origin instanceof Origin.Sorted sorted) {
      return new SortLane(sorted, stage, bench, work, next);
    }
    return new ConnectLane((Origin.Connected) origin, bench, work, next);
  }

  private Lane reading(Origin.Reads reads, Way next) {
    Reading reading = bench.readings().of(reads.samples());
    // Samples read back are counted where they were made; this label is never reported.
    StepOutcome outcome = new StepOutcome(reads.label().orElse(Work.AGAIN + "stored"), work, next);
    return piece -> {
      Tally tally = outcome.tally();
      outcome.stay();
      tally.begin();
      long began = System.nanoTime();
      Reading.Read read;
      try {
        read = reading.read(morsel(piece), outcome);
      } catch (IOException | DataException e) {
        if (!outcome.isAway()) {
          reads.subject().ifPresent(subject -> UnreadFile.mark(e, subject));
        }
        throw e;
      }
      tally.read += read.samples();
      tally.end((int) Math.min(Integer.MAX_VALUE, read.samples()));
      return new Lane.Done(read, 0, System.nanoTime() - began - outcome.awayNanos());
    };
  }

  private static Morsel morsel(Piece piece) {
    if (piece.morsel() == null) {
      throw new IllegalStateException("a reading must be given a morsel");
    }
    return piece.morsel();
  }

  private Lane blocks(Origin.Blocks blocks, Way next) {
    return piece -> {
      long bytes = 0;
      long samples = 0;
      for (TaskLine.Made made : blocks.files().get(piece.ordinal())) {
        BlockFile.read(
            bench.folder().files(),
            bench.files().file(made.name()),
            blocks.schema(),
            0,
            made.bytes(),
            next::accept);
        bytes += made.bytes();
        samples += made.samples();
      }
      return new Lane.Done(new Reading.Read(bytes, 0, samples), 0);
    };
  }
}
