package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.engine.Task;
import java.util.List;

/**
 * The fused chain of one feed in one worker: a batch goes through every step in one call, without
 * queues or buffers between them.
 */
final class Chain {
  private final Workbench bench;
  private final Work work;
  private final List<Integer> folds;

  /**
   * Makes a maker of chains.
   *
   * @param folds positions in the pass of the folds that {@code work} fills, in its order
   */
  Chain(Workbench bench, Work work, List<Integer> folds) {
    this.bench = bench;
    this.work = work;
    this.folds = folds;
  }

  /** Returns the code that sends the feed's samples through its steps to {@code exit}. */
  Lane lane(Feed feed, int stage, Way exit) {
    Way next = exit;
    for (int i = feed.operations().size() - 1; i >= 0; i--) {
      next = way(feed.operations().get(i), next);
    }
    return new Lanes(bench, work).of(feed.origin(), stage, next);
  }

  private Way way(Feed.Operation operation, Way next) {
    if (operation instanceof Feed.Operation.Map map) {
      return new MapWay(
          map.label(),
          map.begins(),
          map.task().scope(),
          bench.resolver().mapping(map.task(), map.input(), map.output(), bench.run()),
          work,
          next);
    }
    Feed.Operation.Fold fold = (Feed.Operation.Fold) operation;
    int position = folds.indexOf(fold.position());
    return batch -> {
      Batch seen = fold.scope() == Task.Scope.TRAIN ? MapWay.train(batch) : batch;
      if (seen.count() > 0) {
        try {
          work.fold(position, seen);
        } catch (RuntimeException e) {
          throw StepFailure.of(fold.step(), e);
        }
      }
      next.accept(batch);
    };
  }
}
