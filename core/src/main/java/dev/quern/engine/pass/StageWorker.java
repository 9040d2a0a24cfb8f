package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.engine.Folding;
import dev.quern.engine.Morsel;
import dev.quern.engine.StepCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Does tasks of one stage, one after the other. Not safe for several threads. */
public final class StageWorker {
  private final Stage stage;
  private final Work work;
  private final Exit exit;
  private final Chain chain;
  private final Targets targets;
  private final Map<Integer, Lane> lanes = new HashMap<>();

  /** Makes a worker that shares {@code bench} with others. */
  public StageWorker(Stage stage, Workbench bench) {
    this.stage = stage;
    List<Integer> folds = stage.folds();
    List<Folding> foldings = folds.stream().map(bench.foldings()::get).toList();
    this.work =
        new Work(bench.folder(), bench.readings(), bench.settled(), bench.keeps(), foldings);
    this.exit = new Exit(work, stage.ending());
    this.chain = new Chain(bench, work, folds);
    this.targets = new Targets(stage.ending(), bench);
  }

  /**
   * Does the task {@code key} on {@code piece}; what fails leaves nothing behind that counts.
   *
   * @param cancelled tells that the task must stop
   * @throws CancellationException if it was stopped
   */
  public TaskLine run(TaskLine.Key key, Piece piece, BooleanSupplier cancelled) throws IOException {
    return run(key, piece, cancelled, targets::open);
  }

  /** Opens the target of a task. */
  public interface Opener {
    /** Returns the target of the task {@code key}. */
    Target open(TaskLine.Key key) throws IOException;
  }

  /** Does the task {@code key} on {@code piece}; its samples go to what {@code opener} opens. */
  public TaskLine run(TaskLine.Key key, Piece piece, BooleanSupplier cancelled, Opener opener)
      throws IOException {
    work.begin(key, cancelled);
    try {
      Feed feed = stage.feeds().get(key.feed());
      Lane lane =
          lanes.computeIfAbsent(key.feed(), number -> chain.lane(feed, stage.number(), exit));
      return task(key, piece, feed, lane, opener);
    } catch (Throwable e) {
      abandon();
      throw e;
    }
  }

  private TaskLine task(TaskLine.Key key, Piece piece, Feed feed, Lane lane, Opener opener)
      throws IOException {
    try (Target target = opener.open(key)) {
      exit.target = target;
      Lane.Done done = lane.run(piece);
      work.proceed();
      Map<String, StepCounts> counts = work.counts();
      TaskLine.Made made = target.finish();
      long spilled = target.spilled() + done.spilled();
      long written = done.spilled() + (made == null ? 0 : made.bytes());
      long source = feed.origin().isSource() ? done.read().bytes() : 0;
      Morsel morsel = piece.morsel();
      return new TaskLine(
          key,
          morsel == null ? null : morsel.bare(),
          made,
          counts,
          work.states(key),
          work.digest(),
          work.splits(),
          new TaskLine.Volume(
              done.read().bytes(), source, written, spilled, done.read().lines(), done.nanos()),
          work.dropped(),
          work.changed(),
          work.quarantined());
    }
  }

  private void abandon() {
    try {
      work.abandon();
    } catch (IOException e) {
      // The task has failed already; its first error is the one to tell.
      return;
    }
  }

  /** The end of a chain: the target of the task in the worker's hands. */
  private static final class Exit implements Way {
    private final Work work;
    private final boolean last;
    private final boolean digested;
    private Target target = new Target.Nowhere();

    Exit(Work work, Ending ending) {
      this.work = work;
      this.last = ending.isLast();
      this.digested = ending.isDigested();
    }

    @Override
    public void accept(Batch batch) {
      work.proceed();
      if (last) {
        work.output(batch);
      }
      if (digested) {
        work.digest(batch);
      }
      try {
        target.accept(batch);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
