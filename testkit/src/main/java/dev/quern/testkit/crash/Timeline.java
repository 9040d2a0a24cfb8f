package dev.quern.testkit.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where the time of an undisturbed run went. */
record Timeline(List<Span> spans) {

  /**
   * The time after a line of the log, until the next line or the end of the process.
   *
   * @param lines of the log before it
   */
  record Span(int lines, KillPhase phase, long millis) {}

  /**
   * Divides the time of a run.
   *
   * @param began when the process was started, by the clock of the log
   * @param ended when it ended
   */
  static Timeline of(
      Act act, Instant began, Instant ended, List<Map<String, @Nullable Object>> events) {
    List<KillPhase> phases = KillPhase.after(events, act);
    List<Span> spans = new ArrayList<>();
    Instant at = began;
    for (int i = 0; i <= events.size(); i++) {
      Instant next = i == events.size() ? ended : time(events.get(i));
      KillPhase phase = i == 0 ? KillPhase.PLAN : phases.get(i - 1);
      spans.add(new Span(i, phase, Math.max(0, next.toEpochMilli() - at.toEpochMilli())));
      at = next;
    }
    return new Timeline(List.copyOf(spans));
  }

  private static Instant time(Map<String, @Nullable Object> event) {
    return Instant.parse(String.valueOf(event.get("time")));
  }

  /** Returns how long the run is in {@code phase}, in milliseconds. */
  long millis(KillPhase phase) {
    return spans.stream().filter(s -> s.phase() == phase).mapToLong(Span::millis).sum();
  }

  boolean has(KillPhase phase) {
    return spans.stream().anyMatch(span -> span.phase() == phase);
  }

  /** Draws a moment of the whole run, each as likely as any other. */
  Moment anywhere(SplittableRandom random) {
    return drawn(spans, random);
  }

  /** Draws a moment of {@code phase}. */
  Moment in(KillPhase phase, SplittableRandom random) {
    return drawn(spans.stream().filter(span -> span.phase() == phase).toList(), random);
  }

  /** Each span gets a millisecond more, so that those of less than one have their chance. */
  private static Moment drawn(List<Span> spans, SplittableRandom random) {
    long all = spans.stream().mapToLong(span -> span.millis() + 1).sum();
    long micros = random.nextLong(all * 1000);
    for (Span span : spans) {
      long own = (span.millis() + 1) * 1000;
      if (micros < own) {
        return new Moment.AfterLines(span.lines(), micros);
      }
      micros -= own;
    }
    throw new IllegalStateException("a moment must lie within the run");
  }
}
