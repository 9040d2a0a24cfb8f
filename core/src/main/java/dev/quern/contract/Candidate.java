package dev.quern.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule before it has been held against other samples.
 *
 * @param fields it speaks of
 * @param what as people read it
 * @param condition what samples must fulfil
 * @param strict how it is written where every sample obeys; empty where it can only be a quality
 *     rule
 * @param place where {@code strict} stands
 * @param quality the quality rule but for its comparison; metrics count failures
 */
record Candidate(
    List<String> fields,
    String what,
    String condition,
    Optional<Map<String, Object>> strict,
    Suggestion.Place place,
    Map<String, Object> quality) {

  /** A property that is strict or else a rule of the library. */
  static Candidate property(
      String field,
      String what,
      String condition,
      Map<String, Object> strict,
      Suggestion.Place place,
      Map<String, Object> quality) {
    return new Candidate(List.of(field), what, condition, Optional.of(strict), place, quality);
  }

  /** A rule of the library. */
  static Candidate library(
      String field, String what, String condition, Map<String, Object> quality) {
    return new Candidate(
        List.of(field), what, condition, Optional.empty(), Suggestion.Place.QUALITY, quality);
  }

  /**
   * Returns the rule with what {@code right} of {@code asked} held-out samples say of it. It allows
   * for as many failures as there are in the worse half.
   *
   * @param wrongThere failures in the half that was learnt from
   * @param samples of a half
   */
  Suggestion suggestion(long right, long asked, long wrongThere, long samples) {
    long wrong = Math.max(asked - right, wrongThere);
    if (wrong == 0 && strict.isPresent()) {
      return new Suggestion(fields, what, place, strict.get(), right, asked);
    }
    if (quality.get("condition") instanceof String rule) {
      double least = 1 - percent(wrong, Math.max(asked, wrong)) / 100;
      String line = "compliance(" + Conditions.text(rule) + ") >= " + Math.round(least * 1e4) / 1e4;
      Map<String, Object> own =
          map("type", "custom", "engine", "quern", "implementation", line, "severity", "warning");
      return new Suggestion(fields, what, Suggestion.Place.QUALITY, own, right, asked);
    }
    Map<String, Object> written = new LinkedHashMap<>(quality);
    if (wrong == 0) {
      written.put("mustBe", 0L);
    } else {
      written.put("mustBeLessOrEqualTo", percent(wrong, samples));
      written.put("unit", "percent");
    }
    return new Suggestion(fields, what, Suggestion.Place.QUALITY, written, right, asked);
  }

  /**
   * Returns the upper end of the 95 % interval (Wilson 1927) of a share, in percent, rounded up.
   */
  static double percent(long wrong, long samples) {
    double z = 1.959963984540054;
    double n = Math.max(1, samples);
    double p = wrong / n;
    double upper =
        (p + z * z / (2 * n) + z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)))
            / (1 + z * z / n);
    return Math.min(100, Math.ceil(upper * 1000) / 10);
  }

  /** Returns a map in the order of its parts; a part of null is left out. */
  static Map<String, Object> map(@Nullable Object... parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      Object value = parts[i + 1];
      if (value != null) {
        map.put(String.valueOf(parts[i]), value);
      }
    }
    return map;
  }
}
