package dev.quern.train;

import dev.quern.tensor.Workers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for the time of a training; daemons, so that an ending program does not wait. */
final class Threads implements AutoCloseable {
  private final ExecutorService executor;
  private final int threads;

  Threads(int threads) {
    this.threads = Math.max(1, threads);
    AtomicInteger number = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            Math.max(1, this.threads - 1),
            work -> {
              Thread thread = new Thread(work, "train-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  Workers workers() {
    return threads == 1 ? Workers.caller() : new Workers(executor, threads);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
