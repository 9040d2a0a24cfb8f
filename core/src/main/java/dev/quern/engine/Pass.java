package dev.quern.engine;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One execution over the data: verbs fold and write, together so that one reading serves both.
 *
 * @param samples what to compute
 * @param output where the samples go
 * @param folds accumulators to fill on the way, each over the samples of its own point
 * @param folder where the pass keeps its journal and unfinished files; a pass that was killed
 *     continues from there, one that was finished is answered from there without work
 * @param settled steps whose dropped and quarantined samples an earlier pass has already recorded;
 *     they are counted but not written again
 * @param traces what is kept of what the steps do
 */
public record Pass(
    Samples samples,
    Output output,
    List<Fold> folds,
    Path folder,
    Set<String> settled,
    Traces traces) {

  public Pass {
    for (Fold fold : folds) {
      if (!isOnTheWay(samples, fold.at().key(), new HashSet<>())) {
        throw new IllegalArgumentException(
            fold.task().step()
                + ": fold must be over the samples of its pass or one of their inputs; found:"
                + " others");
      }
    }
  }

  private static boolean isOnTheWay(Samples samples, String key, Set<String> seen) {
    return samples.key().equals(key)
        || seen.add(samples.key())
            && samples.inputs().stream().anyMatch(input -> isOnTheWay(input, key, seen));
  }

  /** Makes a pass that keeps the ids of dropped samples and of samples with changed cells. */
  public Pass(Samples samples, Output output, List<Fold> folds, Path folder, Set<String> settled) {
    this(samples, output, folds, folder, settled, Traces.IDS);
  }

  /**
   * A fold over samples that lie on the pass's way: {@code at} is its samples or one of their
   * inputs.
   */
  public record Fold(Task task, Samples at) {}

  /** Where samples go. */
  public sealed interface Output {
    /** Nowhere: the pass is for its folds, and no digest is computed. */
    record None() implements Output {}

    /** Nowhere; the pass is for the logical digest of its samples, and for its folds. */
    record Digested() implements Output {}

    /** Into blocks in the pass's folder, to be read by later passes of the run. */
    record Blocks() implements Output {}

    /**
     * Through a writer.
     *
     * @param writer the task of the writer
     * @param shards the folder that receives finished files, named by the SHA-256 of their content
     */
    record Written(Task writer, Path shards) implements Output {}

    /** Into one place in memory, in rank order, handed to the caller batch by batch. */
    record Handed(BatchReceiver receiver) implements Output {}
  }

  /** Receives batches in rank order, from one thread at a time. */
  public interface BatchReceiver {
    /** Takes the selected samples of {@code batch}. */
    void receive(dev.quern.data.Batch batch);
  }

  /** Returns a pass that computes {@code folds} alone. */
  public static Pass fold(Samples samples, List<Fold> folds, Path folder) {
    return new Pass(samples, new Output.None(), folds, folder, Set.of());
  }

  /** Returns the writer's task, if the pass has one. */
  public Optional<Task> writer() {
    return output instanceof Output.Written written
        ? Optional.of(written.writer())
        : Optional.empty();
  }
}
