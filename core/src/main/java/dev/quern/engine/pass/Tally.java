package dev.quern.engine.pass;

import dev.quern.engine.FoundCounts;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.StepCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one step in one task. Not safe for several threads. */
final class Tally {
  /** One batch in this many is timed, of the first ones of a task. */
  private static final int TIMED = 8;

  /** One in this many later: groups may be small and many, and the clock costs 1 µs. */
  private static final int TIMED_LATER = 64;

  private final Map<String, Long> dropped = new TreeMap<>();
  private final Map<String, Long> rules = new TreeMap<>();
  private final Map<String, Map<String, long[]>> changed = new HashMap<>();
  private final Map<String, Map<String, FoundCounts>> found = new HashMap<>();
  long read;
  long created;
  long kept;
  long merged;
  private long quarantined;
  private long batches;
  private long passed;
  private long timedSamples;
  private long timedNanos;
  private long elsewhere;
  private boolean timing;
  private long began;

  void drop(String reason) {
    dropped.merge(reason, 1L, Long::sum);
  }

  void change(String rule, String field, long cells) {
    if (cells > 0) {
      changed.computeIfAbsent(rule, name -> new HashMap<>())
              .computeIfAbsent(field, name -> new long[1])[0] +=
          cells;
    }
  }

  void found(String type, String field, FoundCounts counts) {
    found.computeIfAbsent(type, name -> new HashMap<>()).merge(field, counts, FoundCounts::plus);
  }

  private Map<String, FoundCounts> found() {
    Map<String, FoundCounts> places = new TreeMap<>();
    found.forEach(
        (type, fields) ->
            fields.forEach((field, counts) -> places.put(type + "(" + field + ")", counts)));
    return places;
  }

  private Map<String, Long> changed() {
    Map<String, Long> cells = new TreeMap<>();
    changed.forEach(
        (rule, fields) ->
            fields.forEach((field, count) -> cells.put(rule + "(" + field + ")", count[0])));
    return cells;
  }

  void quarantine(String rule) {
    quarantined++;
    rules.merge(rule, 1L, Long::sum);
  }

  /** Begins the step's code on a batch; some are timed. */
  void begin() {
    timing = batches % (batches < 8 * TIMED_LATER ? TIMED : TIMED_LATER) == 0;
    batches++;
    if (timing) {
      elsewhere = 0;
      began = ProcessUse.threadNanos();
    }
  }

  /** Ends the step's code on a batch of {@code samples}. */
  void end(int samples) {
    passed += samples;
    if (timing) {
      timedNanos += ProcessUse.threadNanos() - began - elsewhere;
      timedSamples += samples;
      timing = false;
    }
  }

  /** Hands on to what follows; its time is not the step's. */
  void leave(Runnable next) {
    if (!timing) {
      next.run();
      return;
    }
    long left = ProcessUse.threadNanos();
    next.run();
    elsewhere += ProcessUse.threadNanos() - left;
  }

  /**
   * Returns the counts and starts anew.
   *
   * @throws IllegalStateException if the step lost or invented a sample
   */
  StepCounts take(String step) {
    long nanos =
        timedSamples == 0 ? timedNanos : (long) ((double) timedNanos * passed / timedSamples);
    StepCounts counts =
        new StepCounts(
            read,
            created,
            kept,
            merged,
            quarantined,
            new TreeMap<>(dropped),
            new TreeMap<>(rules),
            changed(),
            found(),
            nanos);
    if (!counts.isConserved()) {
      throw new IllegalStateException(
          step
              + ": read + created must equal kept + dropped + merged + quarantined; found: "
              + read
              + " + "
              + created
              + " and "
              + kept
              + " + "
              + counts.droppedTotal()
              + " + "
              + merged
              + " + "
              + quarantined);
    }
    reset();
    return counts;
  }

  /** Forgets what was counted, after a task that failed. */
  void reset() {
    dropped.clear();
    rules.clear();
    changed.clear();
    found.clear();
    read = 0;
    created = 0;
    kept = 0;
    merged = 0;
    quarantined = 0;
    batches = 0;
    passed = 0;
    timedSamples = 0;
    timedNanos = 0;
    timing = false;
  }
}
