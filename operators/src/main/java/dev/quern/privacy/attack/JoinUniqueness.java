package dev.quern.privacy.attack;

import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Risk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two releases are joined by what they share: how many samples of the first are unique by their own
 * fields, and how many by the fields of both together.
 *
 * @param before the risk of the first release by its own fields
 * @param after the risk of the joined samples by the fields of both
 */
public record JoinUniqueness(Risk before, Risk after) {

  /**
   * Joins {@code first} and {@code second}. Samples of the first that match several of the second
   * are joined with each of them; missing keys match nothing.
   *
   * @param first the fields joined on, then its own
   * @param second the fields joined on, then its own
   * @param keys how many fields are joined on
   */
  public static JoinUniqueness of(CombinationTable first, CombinationTable second, int keys) {
    Map<List<@Nullable String>, List<Integer>> byKey = new HashMap<>();
    for (int row = 0; row < second.size(); row++) {
      List<@Nullable String> key = second.values(row).subList(0, keys);
      if (!key.contains(null)) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
    }
    Map<List<@Nullable String>, Long> own = new HashMap<>();
    Map<List<@Nullable String>, Long> joined = new HashMap<>();
    for (int row = 0; row < first.size(); row++) {
      List<@Nullable String> values = first.values(row);
      List<@Nullable String> fields = values.subList(keys, values.size());
      long count = first.counts()[row];
      own.merge(fields, count, Long::sum);
      for (int match : byKey.getOrDefault(values.subList(0, keys), List.of())) {
        List<@Nullable String> others = second.values(match);
        List<@Nullable String> both = new ArrayList<>(fields);
        both.addAll(others.subList(keys, others.size()));
        joined.merge(both, count * second.counts()[match], Long::sum);
      }
    }
    return new JoinUniqueness(risk(own), risk(joined));
  }

  private static Risk risk(Map<List<@Nullable String>, Long> classes) {
    return Risk.of(classes.values().stream().mapToLong(Long::longValue).toArray());
  }
}
