package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.engine.Pass;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.engine.Traces;
import java.nio.file.Path;
import java.util.List;

/** Where passes keep what they have finished: one folder per pass, named by what it computes. */
final class PassFolders {
  private final Path work;
  private final Path shards;
  private final Traces traces;
  private final String encryption;

  /**
   * Makes the places of passes.
   *
   * @param traces what the passes keep of what steps do
   * @param encryption the key that the folders' files are encrypted by, empty for none: passes of
   *     other keys lie elsewhere
   */
  PassFolders(Path workspace, Traces traces, String encryption) {
    this.traces = traces;
    this.encryption = encryption;
    this.work = workspace.resolve("work");
    this.shards = workspace.resolve("shards");
  }

  /** Returns the folder of the pass of {@code point}. */
  Path folder(Plan.Point point) {
    if (point instanceof Plan.Point.Fitting fitting) {
      return folder(fitting.samples(), fitting.keep(), fitting.task());
    }
    if (point instanceof Plan.Point.Judging judging) {
      return folder(judging.samples(), judging.keep(), judging.task());
    }
    if (point instanceof Plan.Point.Keeping keeping) {
      return folder(keeping.samples().key(), new Pass.Output.Blocks(), List.of());
    }
    if (point instanceof Plan.Point.Comparing comparing) {
      return folder(comparing.samples(), Plan.Keep.NOTHING, comparing.task());
    }
    if (point instanceof Plan.Point.Learning learning) {
      // What is learnt from lies in the folder of the point that keeps it.
      return folder(learning.samples().key(), new Pass.Output.Blocks(), List.of());
    }
    Plan.Point.Publishing publishing = (Plan.Point.Publishing) point;
    Pass.Output output = new Pass.Output.Written(publishing.writer(), shards);
    return folder(publishing.samples().key(), output, publishing.folds());
  }

  private Path folder(Samples samples, Plan.Keep keep, Task fold) {
    return folder(samples.key(), output(keep), List.of(new Pass.Fold(fold, samples)));
  }

  /** Returns what a pass gives that keeps its samples or not. */
  static Pass.Output output(Plan.Keep keep) {
    return keep == Plan.Keep.SAMPLES ? new Pass.Output.Blocks() : new Pass.Output.None();
  }

  /** Returns the folder of a pass over samples with this key. */
  Path folder(String samplesKey, Pass.Output output, List<Pass.Fold> folds) {
    StringBuilder identity = new StringBuilder(samplesKey);
    identity
        .append('\n')
        .append(output.getClass().getSimpleName())
        .append(traces)
        .append(encryption);
    if (output instanceof Pass.Output.Written written) {
      identity.append(written.writer().identity());
    }
    for (Pass.Fold fold : folds) {
      Task task = fold.task();
      identity.append('\n').append(task.identity()).append(fold.at().key());
    }
    return work.resolve("passes").resolve(Digest.ofText(identity.toString()).substring(0, 32));
  }

  /** Returns a folder for passes of {@code run} that hand their samples over and keep nothing. */
  Path passing(String run) {
    return work.resolve("passes").resolve("handed-" + run);
  }
}
