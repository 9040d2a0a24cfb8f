package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import java.util.List;

/**
 * The fused chain of one feed in one worker: a batch goes through every step in one call, without
 * queues or buffers between them.
 */
final class Chain {
  private final TaskResolver resolver;
  private final RunContext run;
  private final Work work;
  private final List<Integer> folds;

  /**
   * Makes a maker of chains.
   *
   * @param folds positions in the pass of the folds that {@code work} fills, in its order
   */
  Chain(TaskResolver resolver, RunContext run, Work work, List<Integer> folds) {
    this.resolver = resolver;
    this.run = run;
    this.work = work;
    this.folds = folds;
  }

  /** Returns the code that sends the feed's samples through its steps to {@code exit}. */
  Origin.Lane lane(Feed feed, Way exit) {
    Way next = exit;
    for (int i = feed.operations().size() - 1; i >= 0; i--) {
      next = way(feed.operations().get(i), next);
    }
    return feed.origin().lane(work, next);
  }

  private Way way(Feed.Operation operation, Way next) {
    if (operation instanceof Feed.Operation.Map map) {
      return new MapWay(
          map.label(),
          map.begins(),
          map.task().scope(),
          resolver.mapping(map.task(), map.input(), map.output(), run),
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
