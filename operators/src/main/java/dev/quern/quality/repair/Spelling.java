package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a field that occur often, and how likely a rare text near one of them is a slip of
 * it.
 *
 * @param counts how often the known values occur
 * @param frequent the frequent ones, the most frequent first
 * @param supported rare values that dependencies speak for
 * @param confidence share of rare texts that are near a frequent value
 */
record Spelling(
    Map<String, Integer> counts, List<String> frequent, Set<String> supported, double confidence) {
  private static final int MOST_VALUES = 5000;
  private static final int MOST_FREQUENT = 1000;
  private static final int FREQUENT = 5;
  private static final double RARE = 0.025;

  /** A value near a text. */
  record Near(String value, int distance, double share) {}

  /**
   * Learns the spelling of {@code field}.
   *
   * @param elsewhere texts that are frequent in other fields and so no slips
   * @param supported values that dependencies speak for
   */
  static @Nullable Spelling learn(
      Table table, int field, Set<String> elsewhere, Set<String> supported) {
    List<String> values = table.values(field);
    int[] occurrences = table.counts(field);
    if (values.size() > MOST_VALUES) {
      return null;
    }
    Map<String, Integer> counts = new HashMap<>();
    List<String> frequent = new ArrayList<>();
    for (int code = 0; code < occurrences.length; code++) {
      counts.put(values.get(code), occurrences[code]);
      if (occurrences[code] >= FREQUENT) {
        frequent.add(values.get(code));
      }
    }
    if (frequent.isEmpty()) {
      return null;
    }
    frequent.sort(
        Comparator.comparing((String value) -> -counts.getOrDefault(value, 0))
            .thenComparing(Comparator.naturalOrder()));
    frequent = frequent.subList(0, Math.min(MOST_FREQUENT, frequent.size()));
    Spelling spelling = new Spelling(counts, List.copyOf(frequent), supported, 1);
    double near = 1;
    double rare = 1;
    for (String value : values) {
      int count = counts.getOrDefault(value, 0);
      if (count < FREQUENT
          && !elsewhere.contains(value)
          && !supported.contains(value)
          && !MissingTokens.always(value)
          && !MissingTokens.often(value)
          && !Measure.isNumber(value)) {
        rare++;
        near += spelling.nearest(value) == null ? 0 : 1;
      }
    }
    return new Spelling(counts, spelling.frequent, supported, near / rare);
  }

  int count(String value) {
    return counts.getOrDefault(value, 0);
  }

  /** Returns the frequent value {@code text} is a slip of; null where there is none. */
  @Nullable Near nearest(String text) {
    int count = counts.getOrDefault(text, 0);
    int limit = limit(text.length());
    if (limit == 0 || supported.contains(text)) {
      return null;
    }
    EditDistance distance = new EditDistance();
    String mask = mask(text);
    String best = "";
    int least = limit + 1;
    double weight = 0;
    double all = 0;
    for (String value : frequent) {
      int occurs = counts.getOrDefault(value, 0);
      if (value.equals(text)
          || count > Math.max(1, RARE * occurs)
          || Math.abs(value.length() - text.length()) > limit
          || mask.equals(mask(value))) {
        continue;
      }
      int found = distance.of(text, value, Math.min(limit, least));
      if (found < least) {
        least = found;
        best = value;
        weight = occurs;
        all = occurs;
      } else if (found == least && found <= limit) {
        all += occurs;
      }
    }
    return best.isEmpty() ? null : new Near(best, least, weight / all);
  }

  private static int limit(int length) {
    if (length < 2) {
      return 0;
    }
    return length <= 5 ? 1 : length <= 12 ? 2 : length / 6;
  }

  /** The text with every digit as 0: texts that differ in digits alone are codes, not slips. */
  private static String mask(String text) {
    StringBuilder mask = new StringBuilder(text);
    boolean any = false;
    for (int i = 0; i < mask.length(); i++) {
      if (mask.charAt(i) >= '0' && mask.charAt(i) <= '9') {
        mask.setCharAt(i, '0');
        any = true;
      }
    }
    return any ? mask.toString() : text;
  }
}
