package dev.quern.run;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Engine;
import dev.quern.engine.Pass;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.operator.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Training on the shards of a version. */
record StoredTraining(
    Engine engine,
    Stored version,
    long[] splits,
    String target,
    long seed,
    int threads,
    Path folder,
    RunListener listener)
    implements Training {

  @Override
  public Schema schema() {
    return version.schema();
  }

  @Override
  public long samples(Split split) {
    return splits[split.code()];
  }

  @Override
  public void read(Pass.BatchReceiver receiver) throws IOException {
    engine.execute(
        new Pass(
            Samples.stored(version), new Pass.Output.Handed(receiver), List.of(), folder, Set.of()),
        Progress.NONE);
  }

  @Override
  public void progress(long done, long total, String metric) {
    listener.advanced(done, total, "epochs", version.samples(), metric);
  }
}
