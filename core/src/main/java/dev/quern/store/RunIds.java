package dev.quern.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;

/** Ids of runs: times to the millisecond, each later than those before it. */
final class RunIds {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** Returns the id of a run that begins {@code now}, after the runs {@code before}. */
  static String next(Instant now, Collection<String> before) {
    Instant next = now.truncatedTo(ChronoUnit.MILLIS);
    for (String id : before) {
      Instant other = time(id);
      if (!next.isAfter(other)) {
        next = other.plusMillis(1);
      }
    }
    return FORM.format(next);
  }

  /** Returns the time in {@code id}; folders that are no runs are older than any. */
  private static Instant time(String id) {
    try {
      return FORM.parse(id, Instant::from);
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }
}
