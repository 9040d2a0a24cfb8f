package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.pass.Ending;
import dev.quern.engine.pass.FolderStages;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.StageLog;
import dev.quern.engine.pass.StageWorker;
import dev.quern.engine.pass.TaskLine;
import dev.quern.engine.pass.TaskQueue;
import dev.quern.engine.pass.Workbench;
import dev.quern.engine.pass.Workers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Threads of this process that do tasks one after the other. */
final class LocalWorkers implements Workers {
  private final LocalOptions options;
  private final ExecutorService pool;
  private final Workbench bench;
  private final FolderStages stages;

  /** Makes the workers of a pass; {@code stages} is what they leave for later stages. */
  LocalWorkers(LocalOptions options, ExecutorService pool, Workbench bench, FolderStages stages) {
    this.options = options;
    this.pool = pool;
    this.bench = bench;
    this.stages = stages;
  }

  @Override
  public List<TaskLine> execute(Stage stage, StageLog log) throws IOException {
    try (TaskQueue queue = log.queue()) {
      Handover handover =
          stage.ending() instanceof Ending.Handed handed
              ? new Handover(handed.receiver(), 4 * options.threads(), options.workerBytes())
              : null;
      run(stage, log, queue, handover);
      List<TaskLine> lines = queue.result();
      stages.add(stage, lines);
      return lines;
    }
  }

  @Override
  public void found(Stage stage, List<TaskLine> lines) throws IOException {
    stages.add(stage, lines);
  }

  /** What is handed over is gone; all else lies in the folder. */
  @Override
  public boolean outlives(Stage stage) {
    return !(stage.ending() instanceof Ending.Handed);
  }

  @Override
  public List<Batch> drawn(Stage stage) {
    return stages.drawn(stage.number());
  }

  @Override
  public void connect(Stage stage, int links) throws IOException {
    stages.connect(stage.number(), links);
  }

  private void run(Stage stage, StageLog log, TaskQueue queue, @Nullable Handover handover) {
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      workers.add(pool.submit(() -> work(stage, log, queue, handover)));
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
          cancel(handover, -1);
        } catch (ExecutionException e) {
          // What a worker could not even begin with, for example a secret that is not there.
          queue.fail(-1, e.getCause() == null ? e : e.getCause());
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(@Nullable Handover handover, long sequence) {
    if (handover != null) {
      handover.cancel(sequence);
    }
  }

  private void work(Stage stage, StageLog log, TaskQueue queue, @Nullable Handover handover) {
    long began = ProcessUse.threadNanos();
    try {
      StageWorker worker = new StageWorker(stage, bench);
      for (TaskQueue.Taken taken = queue.take(); taken != null; taken = queue.take()) {
        task(worker, taken, queue, handover);
      }
    } finally {
      log.worked(ProcessUse.threadNanos() - began);
    }
  }

  private static void task(
      StageWorker worker, TaskQueue.Taken taken, TaskQueue queue, @Nullable Handover handover) {
    long sequence = taken.sequence();
    try {
      TaskLine line;
      if (handover == null) {
        line = worker.run(taken.key(), taken.piece(), () -> queue.isCancelled(sequence));
      } else {
        handover.admit(sequence);
        line =
            worker.run(
                taken.key(),
                taken.piece(),
                () -> queue.isCancelled(sequence),
                key -> handover.open(sequence));
      }
      queue.done(line);
    } catch (CancellationException e) {
      // An earlier task has failed, and its error is the one to tell.
      return;
    } catch (Throwable e) {
      queue.fail(sequence, e);
      cancel(handover, sequence);
    }
  }
}
