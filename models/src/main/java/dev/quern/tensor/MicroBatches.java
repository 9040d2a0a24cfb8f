package dev.quern.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a range of samples in pieces on several threads. Where a range is cut depends on its length
 * alone, and what the pieces yield is put together by their index, so the result is the same for
 * any number of threads.
 */
final class MicroBatches {

  /**
   * Smallest piece (samples). Each piece writes a gradient of every weight, so small ones are bound
   * by memory: 64 trained an MLP of 235,000 weights 16 % faster than 32 on one thread, batch 256.
   */
  private static final int MIN_SAMPLES = 64;

  /** Bounds the memory for gradients: each piece has its own. */
  private static final int MAX_PIECES = 16;

  /** The work of one piece: samples [from, to) of the order, result kept under {@code index}. */
  interface Piece {
    void run(int index, int from, int to);
  }

  private final Workers workers;
  private final List<Scratch> scratches = new ArrayList<>();

  MicroBatches(Workers workers) {
    this.workers = workers;
    for (int i = 0; i < MAX_PIECES; i++) {
      scratches.add(new Scratch());
    }
  }

  /** Samples per piece of a range of this length. */
  static int pieceSize(int samples) {
    return Math.max(MIN_SAMPLES, (samples + MAX_PIECES - 1) / MAX_PIECES);
  }

  static int pieces(int samples) {
    return (samples + pieceSize(samples) - 1) / pieceSize(samples);
  }

  Scratch scratch(int index) {
    return scratches.get(index);
  }

  /** Runs all pieces of [from, to) and returns when every one is done. */
  void run(int from, int to, Piece piece) {
    int size = pieceSize(to - from);
    int count = pieces(to - from);
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(count);
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            try {
              piece.run(i, from + i * size, Math.min(to, from + (i + 1) * size));
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          }
        };
    startHelpers(worker, Math.min(workers.threads(), count) - 1);
    // The caller works too: a helper that never gets a thread holds nothing up.
    worker.run();
    await(done);
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException runtime) {
      throw runtime;
    } else if (thrown instanceof Error error) {
      throw error;
    }
  }

  private void startHelpers(Runnable worker, int helpers) {
    try {
      for (int i = 0; i < helpers; i++) {
        workers.executor().execute(worker);
      }
    } catch (RejectedExecutionException full) {
      // The executor takes no more: those that started and the caller do all the pieces.
      return;
    }
  }

  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the pieces read shared arrays: never leave before they end
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
