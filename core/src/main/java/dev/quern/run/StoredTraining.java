package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Engine;
import dev.quern.engine.Pass;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.Traces;
import dev.quern.operator.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Training on samples of a run: those of a version, as they are stored, or others. */
record StoredTraining(
    Engine engine,
    Samples from,
    long[] splits,
    String target,
    long seed,
    int threads,
    Path folder,
    RunListener listener)
    implements Training {
  private static final Traces NOTHING_KEPT = new Traces(DroppedSamples.NONE, ChangedCells.NONE);

  /** Returns this training with the samples of each split counted. */
  StoredTraining counted() throws IOException {
    long[] counts = new long[Split.values().length];
    read(
        batch -> {
          for (int i = 0; i < batch.count(); i++) {
            counts[batch.keys().splitCode(batch.row(i))]++;
          }
        });
    return new StoredTraining(engine, from, counts, target, seed, threads, folder, listener);
  }

  @Override
  public Schema schema() {
    return from.schema();
  }

  @Override
  public long samples(Split split) {
    return splits[split.code()];
  }

  @Override
  public void read(Pass.BatchReceiver receiver) throws IOException {
    engine.execute(
        new Pass(from, new Pass.Output.Handed(receiver), List.of(), folder, Set.of(), NOTHING_KEPT),
        Progress.NONE);
  }

  @Override
  public void progress(long done, long total, String metric) {
    listener.advanced(done, total, "epochs", LongStream.of(splits).sum(), metric);
  }
}
