package dev.quern.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of tries to open and read files, or to fetch them: counts that add up in any order,
 * so that logs of several runs and workspaces are merged by putting them together.
 *
 * @param subject what was asked for: to an engine the name of a source, or the key of stored
 *     samples; to the workspace's log {@code source NAME} or {@code version NAME@VERSION}
 * @param time when that was known, ISO 8601 in UTC to the second; empty where engines tell it,
 *     which know no clock
 * @param successes files, or calls, that were there and whole
 * @param failures those that were not, by the code of the reason, for example {@code
 *     file_not_found}
 * @param retried how many of all were made because one before had failed
 * @param bytes size of what was there
 * @param durations how many of the successes whose duration was measured took less than each of
 *     {@link #LIMITS_MILLIS}, and longer
 */
public record Attempts(
    String subject,
    String time,
    long successes,
    Map<String, Long> failures,
    long retried,
    long bytes,
    List<Long> durations) {
  /** The ends of the buckets of durations in milliseconds, exclusive; one bucket is behind them. */
  public static final List<Long> LIMITS_MILLIS = List.of(10L, 100L, 1_000L, 10_000L, 100_000L);

  private static final int SECONDS = "2026-05-01T13:45:10".length();

  /** Makes counts. */
  public Attempts {
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    durations = List.copyOf(durations);
    if (durations.size() != LIMITS_MILLIS.size() + 1) {
      throw new IllegalArgumentException(
          "durations must be "
              + (LIMITS_MILLIS.size() + 1)
              + " counts; found: "
              + durations.size());
    }
  }

  /** Returns counts of nothing yet. */
  public static Attempts none(String subject) {
    return new Attempts(
        subject, "", 0, Map.of(), 0, 0, Collections.nCopies(LIMITS_MILLIS.size() + 1, 0L));
  }

  /** Returns these and {@code more} successes whose duration was not measured. */
  public Attempts succeeded(long more, long moreBytes) {
    return new Attempts(
        subject, time, successes + more, failures, retried, bytes + moreBytes, durations);
  }

  /**
   * Returns these and one success more.
   *
   * @param nanos what opening and reading took
   */
  public Attempts succeededIn(long nanos, long moreBytes) {
    int bucket = 0;
    while (bucket < LIMITS_MILLIS.size() && nanos / 1_000_000 >= LIMITS_MILLIS.get(bucket)) {
      bucket++;
    }
    List<Long> counts = new ArrayList<>(durations);
    counts.set(bucket, counts.get(bucket) + 1);
    return new Attempts(subject, time, successes + 1, failures, retried, bytes + moreBytes, counts);
  }

  /** Returns these and {@code more} failures for the reason {@code code}; none for 0. */
  public Attempts failed(String code, long more) {
    Map<String, Long> all = new TreeMap<>(failures);
    if (more > 0) {
      all.merge(code, more, Long::sum);
    }
    return new Attempts(subject, time, successes, all, retried, bytes, durations);
  }

  /** Returns these, {@code more} of which were made because one before had failed. */
  public Attempts retried(long more) {
    return new Attempts(subject, time, successes, failures, retried + more, bytes, durations);
  }

  /** Returns these under another name, at {@code newTime}, of which the second is kept. */
  public Attempts of(String newSubject, String newTime) {
    String second = newTime.length() > SECONDS ? newTime.substring(0, SECONDS) + "Z" : newTime;
    return new Attempts(newSubject, second, successes, failures, retried, bytes, durations);
  }

  /** Returns the sum of both, under the name and time of this. */
  public Attempts plus(Attempts other) {
    Map<String, Long> reasons = new TreeMap<>(failures);
    other.failures.forEach((code, count) -> reasons.merge(code, count, Long::sum));
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < durations.size(); i++) {
      counts.add(durations.get(i) + other.durations.get(i));
    }
    return new Attempts(
        subject,
        time,
        successes + other.successes,
        reasons,
        retried + other.retried,
        bytes + other.bytes,
        counts);
  }

  /** Returns how many failed. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how often something was tried. */
  public long all() {
    return successes + failed();
  }
}
