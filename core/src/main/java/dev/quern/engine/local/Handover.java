package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.engine.Pass;
import dev.quern.engine.pass.Target;
import dev.quern.engine.pass.TaskLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Hands samples to one receiver in the order of tasks. The task whose turn it is passes its batches
 * straight on; later ones hold theirs, within bounds of tasks and of bytes, and then wait.
 */
final class Handover {
  private final Pass.BatchReceiver receiver;
  private final int ahead;
  private final long bytesPerTask;
  private final Map<Long, List<Batch>> held = new TreeMap<>();
  private long turn;
  private long failed = Long.MAX_VALUE;

  /**
   * Makes a handover.
   *
   * @param ahead tasks that may run before their turn
   * @param bytesPerTask bytes a task may hold before its turn
   */
  Handover(Pass.BatchReceiver receiver, int ahead, long bytesPerTask) {
    this.receiver = receiver;
    this.ahead = ahead;
    this.bytesPerTask = bytesPerTask;
  }

  /** Waits until the task {@code sequence} may begin; called in the order of tasks. */
  void admit(long sequence) {
    await(sequence, ahead);
  }

  /** Notes that a task has failed: later ones must not wait any more. */
  synchronized void cancel(long sequence) {
    failed = Math.min(failed, sequence);
    notifyAll();
  }

  /** Waits until less than {@code distance} tasks are before {@code sequence}. */
  private synchronized void await(long sequence, long distance) {
    try {
      while (sequence >= turn + distance) {
        if (sequence > failed) {
          throw new CancellationException("task must stop: an earlier one has failed");
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("task must stop: interrupted");
    }
  }

  /** Returns where the samples of the task {@code sequence} go. */
  Target open(long sequence) {
    return new Queue(sequence);
  }

  private synchronized boolean isTurn(long sequence) {
    return turn == sequence;
  }

  private void awaitTurn(long sequence) {
    await(sequence, 1);
  }

  /** Ends a task: what is held is handed over now or when its turn comes. */
  private synchronized void finish(long sequence, List<Batch> batches) {
    held.put(sequence, batches);
    for (List<Batch> next = held.remove(turn); next != null; next = held.remove(turn)) {
      next.forEach(receiver::receive);
      turn++;
    }
    notifyAll();
  }

  /** The batches of one task. */
  private final class Queue implements Target {
    private final long sequence;
    private List<Batch> batches = new ArrayList<>();
    private long bytes;

    Queue(long sequence) {
      this.sequence = sequence;
    }

    @Override
    public void accept(Batch batch) {
      batches.add(batch);
      bytes += batch.memory();
      if (bytes > bytesPerTask) {
        awaitTurn(sequence);
      }
      if (isTurn(sequence)) {
        batches.forEach(receiver::receive);
        batches = new ArrayList<>();
        bytes = 0;
      }
    }

    @Override
    public TaskLine.@Nullable Made finish() {
      Handover.this.finish(sequence, batches);
      return null;
    }

    @Override
    public void close() {
      batches = new ArrayList<>();
    }
  }
}
