package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.engine.Fault;
import dev.quern.engine.FoundCounts;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import org.jspecify.annotations.Nullable;

/** Counts what a step does with its samples and hands on what it keeps. */
final class StepOutcome implements Outcome {
  private final String step;
  private final Work work;
  private final Tally tally;
  private final Way next;
  private boolean away;
  private long awayNanos;

  StepOutcome(String step, Work work, Way next) {
    this.step = step;
    this.work = work;
    this.tally = work.tally(step);
    this.next = next;
  }

  Tally tally() {
    return tally;
  }

  /** Notes that the step's own code begins. */
  void stay() {
    away = false;
    awayNanos = 0;
  }

  /** Returns the time for which samples were with the steps that follow since {@link #stay}. */
  long awayNanos() {
    return awayNanos;
  }

  /** Returns whether samples are with the steps that follow: what fails then is not this one. */
  boolean isAway() {
    return away;
  }

  @Override
  public void keep(Batch batch) {
    work.proceed();
    if (batch.count() > 0) {
      tally.kept += batch.count();
      away = true;
      long left = System.nanoTime();
      tally.leave(() -> next.accept(batch));
      awayNanos += System.nanoTime() - left;
      away = false;
    }
  }

  @Override
  public void created(long samples) {
    tally.created += samples;
  }

  @Override
  public void merged(long samples) {
    tally.merged += samples;
  }

  @Override
  public void drop(Batch batch, int row, String reason, double measured) {
    work.drop(step, batch, row, reason, measured);
  }

  @Override
  public void change(
      Batch before, int row, String field, String rule, double confidence, @Nullable Object after) {
    work.change(step, before, row, field, rule, confidence, after);
  }

  @Override
  public void changed(String field, String rule, long cells) {
    tally.change(rule, field, cells);
  }

  @Override
  public void found(String field, String type, FoundCounts counts) {
    tally.found(type, field, counts);
  }

  @Override
  public void quarantine(Batch batch, int row, String field, Fault fault) {
    work.quarantine(step, batch, row, field, fault);
  }

  @Override
  public void quarantine(Place place, String field, Fault fault, byte[] raw) {
    work.quarantine(step, place, field, fault, raw);
  }
}
