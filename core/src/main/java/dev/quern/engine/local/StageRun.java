package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Folding;
import dev.quern.engine.Morsel;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.RunContext;
import dev.quern.engine.StepCounts;
import dev.quern.engine.TaskResolver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs one stage: its tasks are independent of each other, each is done by one worker from start to
 * end and leaves at most one file and one line in the journal.
 */
final class StageRun {
  private final Setting setting;
  private final int stage;
  private final List<Feed> feeds;
  private final Kind kind;
  private final Target.Opener opener;
  private final List<Integer> folds;
  private int resumed;

  /** What a stage is for. */
  enum Kind {
    /** It prepares another stage. */
    INNER,
    /** What leaves it are the samples of the pass. */
    LAST,
    /** As {@link #LAST}, but what it hands over is gone, so it is not remembered. */
    LAST_HANDED
  }

  /**
   * What all stages of a pass share.
   *
   * @param foldings the code of the pass's folds, in its order
   */
  record Setting(
      LocalOptions options,
      TaskResolver resolver,
      RunContext run,
      ExecutorService pool,
      PassFolder folder,
      Journal journal,
      Meter meter,
      SideFiles.Names names,
      Set<String> settled,
      DroppedSamples keeps,
      List<Folding> foldings,
      TaskQueue.Finished finished) {}

  StageRun(Setting setting, int stage, List<Feed> feeds, Kind kind, Target.Opener opener) {
    this.setting = setting;
    this.stage = stage;
    this.feeds = feeds;
    this.kind = kind;
    this.opener = opener;
    this.folds = folds(feeds);
  }

  /** Returns how many tasks were found finished. */
  int resumed() {
    return resumed;
  }

  /** Returns the positions in the pass of the folds that look on in {@code feeds}, ascending. */
  static List<Integer> folds(List<Feed> feeds) {
    return feeds.stream()
        .flatMap(feed -> feed.operations().stream())
        .filter(operation -> operation instanceof Feed.Operation.Fold)
        .map(operation -> ((Feed.Operation.Fold) operation).position())
        .distinct()
        .sorted()
        .toList();
  }

  /** Does what is left to do and returns what all tasks left, in order. */
  List<TaskLine> execute(long morselBytes) throws IOException {
    if (kind != Kind.LAST_HANDED && setting.journal.isFinished(stage)) {
      List<TaskLine> all = finished();
      if (!all.isEmpty()) {
        return all;
      }
    }
    resumed = 0;
    try (TaskQueue queue =
        new TaskQueue(
            stage, feeds, morselBytes, kind == Kind.LAST_HANDED ? key -> null : this::finished)) {
      runWorkers(queue);
      Throwable failure = queue.failure();
      if (failure != null) {
        throw thrown(failure);
      }
      setting.meter.read(queue.cutBytes(), queue.cutSourceBytes());
      if (kind != Kind.LAST_HANDED) {
        setting.journal.finish(stage);
      }
      return queue.lines();
    }
  }

  /**
   * Returns what the tasks of this stage left if all are finished and their files are there, else
   * none. So a source is not even opened again, which matters where it can only be read in one go.
   */
  private List<TaskLine> finished() throws IOException {
    List<TaskLine> all = new ArrayList<>();
    for (TaskLine.Key key : setting.journal.lines().keySet()) {
      if (key.stage() == stage) {
        TaskLine line = finished(key);
        if (line == null) {
          return List.of();
        }
        all.add(line);
      }
    }
    return all;
  }

  private @Nullable TaskLine finished(TaskLine.Key key) throws IOException {
    TaskLine line = setting.finished.line(key);
    resumed += line == null ? 0 : 1;
    if (line != null && feeds.get(key.feed()).origin() instanceof ReadOrigin) {
      setting.meter.advance(size(line.morsel()), samples(line));
    }
    return line;
  }

  private void runWorkers(TaskQueue queue) throws IOException {
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < setting.options.threads(); i++) {
      workers.add(setting.pool.submit(() -> work(queue)));
    }
    boolean interrupted = false;
    for (Future<?> worker : workers) {
      while (true) {
        try {
          worker.get();
          break;
        } catch (InterruptedException e) {
          // Workers stop at their next batch; what they finished stays in the journal.
          interrupted = true;
          queue.fail(-1, new InterruptedIOException("pass was interrupted; run again to continue"));
          opener.cancel(-1);
        } catch (ExecutionException e) {
          queue.fail(-1, e);
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(TaskQueue queue) {
    long began = ProcessUse.threadNanos();
    try {
      tasks(queue);
    } finally {
      setting.meter.worked(ProcessUse.threadNanos() - began);
    }
  }

  private void tasks(TaskQueue queue) {
    List<Folding> foldings = folds.stream().map(setting.foldings::get).toList();
    Work work = new Work(setting.folder, setting.names, setting.settled, setting.keeps, foldings);
    Exit exit = new Exit(work, kind);
    Map<Integer, Origin.Lane> lanes = new HashMap<>();
    Chain chain = new Chain(setting.resolver, setting.run, work, folds);
    for (TaskQueue.Taken taken = queue.take(); taken != null; taken = queue.take()) {
      long sequence = taken.sequence();
      try {
        work.begin(taken.key(), () -> queue.isCancelled(sequence));
        opener.admit(sequence);
        Origin.Lane lane =
            lanes.computeIfAbsent(taken.key().feed(), feed -> chain.lane(feeds.get(feed), exit));
        TaskLine line = task(taken, work, exit, lane);
        if (kind != Kind.LAST_HANDED) {
          setting.journal.add(line);
        }
        queue.done(line);
        boolean reads = line.morsel() != null;
        setting.meter.advance(
            reads ? Math.max(line.read().bytes(), size(line.morsel())) : 0, samples(line));
      } catch (CancellationException e) {
        abandon(work);
      } catch (Throwable e) {
        abandon(work);
        queue.fail(sequence, e);
        opener.cancel(sequence);
      }
    }
  }

  private static void abandon(Work work) {
    try {
      work.abandon();
    } catch (IOException e) {
      // The task has failed already; its first error is the one to tell.
      return;
    }
  }

  private TaskLine task(TaskQueue.Taken taken, Work work, Exit exit, Origin.Lane lane)
      throws IOException {
    TaskLine.Key key = taken.key();
    Feed feed = feeds.get(key.feed());
    try (Target target = opener.open(key, taken.sequence())) {
      exit.target = target;
      Origin.Done done = lane.run(taken.piece());
      work.proceed();
      Map<String, StepCounts> counts = work.counts();
      TaskLine.Made made = target.finish();
      long spilled = target.spilled() + done.spilled();
      long written = done.spilled() + (made == null ? 0 : made.bytes());
      long source = feed.origin().isSource() ? done.read().bytes() : 0;
      setting.meter.read(done.read().bytes(), source);
      setting.meter.wrote(written, spilled);
      Morsel morsel = taken.piece().morsel();
      return new TaskLine(
          key,
          morsel == null ? null : morsel.bare(),
          made,
          counts,
          work.states(key),
          work.digest(),
          work.splits(),
          new TaskLine.Volume(done.read().bytes(), source, written, spilled, done.read().lines()),
          work.dropped(),
          work.quarantined());
    }
  }

  private static long samples(TaskLine line) {
    return line.digest()[4];
  }

  /** Returns about how many bytes a morsel is, 0 where its ends lie in different files. */
  private static long size(@Nullable Morsel morsel) {
    return morsel == null || morsel.firstFile() != morsel.lastFile()
        ? 0
        : Math.max(0, morsel.to() - morsel.from());
  }

  private RuntimeException thrown(Throwable failure) throws IOException {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    Throwable told = cause == null ? failure : cause;
    if (told instanceof IOException io) {
      throw io;
    }
    if (told instanceof Error error) {
      throw error;
    }
    if (told instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw new IllegalStateException("worker must not throw " + told.getClass().getName(), told);
  }

  /** The end of a chain: the target of the task in the worker's hands. */
  private static final class Exit implements Way {
    private final Work work;
    private final boolean last;
    private Target target = new Target.Nowhere();

    Exit(Work work, Kind kind) {
      this.work = work;
      this.last = kind != Kind.INNER;
    }

    @Override
    public void accept(Batch batch) {
      work.proceed();
      if (last) {
        work.output(batch);
      }
      try {
        target.accept(batch);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
