package dev.quern.server;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one model version. Safe for several threads. */
final class ModelMetrics {
  /** Upper bounds of the duration's buckets in seconds: 0.1 ms to 10 s in steps of 1, 2.5, 5. */
  static final double[] BOUNDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  final LongAdder successes = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder samples = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder queueNanos = new LongAdder();
  final LongAdder inputNanos = new LongAdder();
  final LongAdder computeNanos = new LongAdder();
  final LongAdder outputNanos = new LongAdder();
  final LongAdder durationNanos = new LongAdder();
  final AtomicLongArray buckets = new AtomicLongArray(BOUNDS.length + 1);

  /** The times of one successful call, in nanoseconds. */
  record Times(long queue, long input, long compute, long output, long all) {}

  void succeeded(int count, Times times) {
    successes.increment();
    samples.add(count);
    batches.increment();
    queueNanos.add(times.queue());
    inputNanos.add(times.input());
    computeNanos.add(times.compute());
    outputNanos.add(times.output());
    durationNanos.add(times.all());
    int bucket = 0;
    while (bucket < BOUNDS.length && times.all() > BOUNDS[bucket] * 1e9) {
      bucket++;
    }
    buckets.incrementAndGet(bucket);
  }

  void failed() {
    failures.increment();
  }
}
