package dev.quern.engine.pass;

import dev.quern.engine.Attempts;
import dev.quern.engine.Cost;
import dev.quern.engine.Phase;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.Progress;
import java.util.concurrent.atomic.AtomicLong;

/** What one execution takes, told to a {@link Progress} on the way. Safe for several threads. */
final class Meter {
  private final Progress progress;
  private final long began = System.nanoTime();
  private final long cpuBegan = ProcessUse.cpuNanos();
  private final AtomicLong worked = new AtomicLong();
  private final AtomicLong elsewhere = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong source = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong spilled = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong samples = new AtomicLong();
  private volatile long total;

  Meter(Progress progress) {
    this.progress = progress;
  }

  /** Tells the size of all input of the pass, in bytes as stored. */
  void expect(long totalBytes) {
    total = totalBytes;
  }

  void read(long more, long fromSource) {
    bytes.addAndGet(more);
    source.addAndGet(fromSource);
  }

  void wrote(long more, long ofThisSpilled) {
    written.addAndGet(more);
    spilled.addAndGet(ofThisSpilled);
  }

  /** Counts CPU time of a worker. */
  void worked(long nanos) {
    worked.addAndGet(nanos);
  }

  void began(Phase.Verb verb, String step, Phase.From from) {
    progress.began(verb, step, from);
  }

  /** Counts CPU time of other processes; workers there are counted as well. */
  void elsewhere(long nanos) {
    elsewhere.addAndGet(nanos);
  }

  void ended(Phase phase) {
    progress.ended(phase);
  }

  void attempted(Attempts attempts) {
    progress.attempted(attempts);
  }

  /** Returns who is told. */
  Progress progress() {
    return progress;
  }

  /** Counts a finished task. */
  void advance(long inputBytes, long samplesOut) {
    long now = done.addAndGet(inputBytes);
    progress.advanced(
        total == 0 ? now : Math.min(now, total), total, samples.addAndGet(samplesOut));
  }

  Cost cost() {
    return new Cost(
        System.nanoTime() - began,
        Math.max(0, ProcessUse.cpuNanos() - cpuBegan) + elsewhere.get(),
        worked.get(),
        bytes.get(),
        source.get(),
        written.get(),
        spilled.get());
  }
}
