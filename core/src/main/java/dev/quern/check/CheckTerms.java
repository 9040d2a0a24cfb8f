package dev.quern.check;

import dev.quern.format.json.Json;
import dev.quern.operator.Params.Problem;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check says beside its metric and its comparison.
 *
 * @param name what reports call it
 */
record CheckTerms(
    Check.Level level, String name, Check.Failing failing, Optional<Anomaly> anomaly) {

  /** Returns the terms of a check that is a line. */
  static CheckTerms of(String name) {
    return new CheckTerms(Check.Level.ERROR, name, Check.Failing.KEEP, Optional.empty());
  }

  /** Reads terms and comparison of a check that is a map. */
  static final class Reader {
    private final Map<?, ?> map;
    private final List<Problem> problems;

    Reader(Map<?, ?> map, List<Problem> problems) {
      this.map = map;
      this.problems = problems;
    }

    /** Returns what a failure means; an error by default. */
    Check.Level level() {
      Object level = map.get("level");
      if (level == null || level.equals("error")) {
        return Check.Level.ERROR;
      }
      if (!level.equals("warning")) {
        problem("level", "must be error or warning; found: " + Json.write(level));
      }
      return Check.Level.WARNING;
    }

    /** Returns what becomes of samples that fail. */
    Check.Failing failing() {
      Object failing = map.get("failing");
      if (failing != null && !failing.equals("keep") && !failing.equals("aside")) {
        problem("failing", "must be keep or aside; found: " + Json.write(failing));
      }
      if (map.containsKey("anomaly") && "aside".equals(failing)) {
        problem("failing", "must be keep where there is an anomaly; found: aside");
      }
      return "aside".equals(failing) ? Check.Failing.ASIDE : Check.Failing.KEEP;
    }

    /** Returns how the metric is compared with its history, if it is. */
    Optional<Anomaly> anomaly() {
      Object written = map.get("anomaly");
      Object period = map.get("period");
      if (written == null) {
        if (period != null) {
          problem("period", "must stand with anomaly: holt_winters; found: no anomaly");
        }
        return Optional.empty();
      }
      Optional<Anomaly.Kind> kind = Anomaly.Kind.find(String.valueOf(written));
      if (kind.isEmpty()) {
        problem(
            "anomaly",
            "must be one of "
                + String.join(", ", Anomaly.Kind.names())
                + "; found: "
                + Json.write(written)
                + Suggestion.of(String.valueOf(written), Anomaly.Kind.names()));
        return Optional.empty();
      }
      boolean seasons = kind.get() == Anomaly.Kind.HOLT_WINTERS;
      long versions = period instanceof Long given ? given : 0;
      if (seasons && (versions < 2 || versions > 10_000)) {
        problem(
            "period",
            "must be a whole number in [2, 10000] (versions in a season); found: "
                + Json.write(period));
        return Optional.empty();
      }
      if (!seasons && period != null) {
        problem("period", "must stand with anomaly: holt_winters; found: " + kind.get().written());
      }
      return Optional.of(new Anomaly(kind.get(), seasons ? (int) versions : 1));
    }

    /** Returns what must hold of the number, null where that was a problem. */
    @Nullable Constraint constraint() {
      List<Constraint.Kind> given = new ArrayList<>();
      for (Constraint.Kind kind : Constraint.Kind.values()) {
        if (map.containsKey(kind.key())) {
          given.add(kind);
        }
      }
      if (given.size() != 1) {
        problem(
            "",
            "check must have one of equals, not_equals, at_least, at_most, above, below, between,"
                + " not_between; found: "
                + (given.isEmpty()
                    ? "none"
                    : String.join(", ", given.stream().map(Constraint.Kind::key).toList())));
        return null;
      }
      Constraint.Kind kind = given.get(0);
      Object bound = map.get(kind.key());
      try {
        if (!kind.isRange() && isBound(bound)) {
          return Constraint.of(kind, bound(bound));
        }
        if (kind.isRange()
            && bound instanceof List<?> list
            && list.size() == 2
            && isBound(list.get(0))
            && isBound(list.get(1))) {
          return new Constraint(kind, bound(list.get(0)), bound(list.get(1)));
        }
        String rule = kind.isRange() ? "two numbers [low, high]" : "a number";
        problem(kind.key(), "must be " + rule + "; found: " + Json.write(bound));
      } catch (IllegalArgumentException e) {
        problem(kind.key(), String.valueOf(e.getMessage()));
      }
      return null;
    }

    private static boolean isBound(@Nullable Object bound) {
      return bound instanceof Number || bound instanceof String;
    }

    private static double bound(@Nullable Object bound) {
      return bound instanceof Number number
          ? number.doubleValue()
          : Constraint.time(String.valueOf(bound));
    }

    private void problem(String place, @Nullable String message) {
      problems.add(new Problem(place, String.valueOf(message)));
    }
  }
}
