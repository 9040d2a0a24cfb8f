package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns the spelling of every field. */
final class Spellings {
  private static final double SUPPORT = 0.6;
  private static final double MOST_RARE = 0.03;

  private Spellings() {}

  static List<@Nullable Spelling> learn(Table table) {
    List<Set<String>> frequent = new ArrayList<>();
    for (int field = 0; field < table.fields(); field++) {
      Set<String> values = new HashSet<>();
      int[] counts = table.counts(field);
      for (int code = 0; code < counts.length; code++) {
        if (counts[code] >= 5) {
          values.add(table.values(field).get(code));
        }
      }
      frequent.add(values);
    }
    List<@Nullable Spelling> spellings = new ArrayList<>();
    List<Set<String>> supported = supported(table);
    for (int field = 0; field < table.fields(); field++) {
      Set<String> elsewhere = new HashSet<>();
      for (int other = 0; other < table.fields(); other++) {
        if (other != field) {
          elsewhere.addAll(frequent.get(other));
        }
      }
      elsewhere.removeAll(frequent.get(field));
      spellings.add(Spelling.learn(table, field, elsewhere, supported.get(field)));
    }
    return spellings;
  }

  /** Values that most of their samples share with the others of a group by another field. */
  private static List<Set<String>> supported(Table table) {
    List<Set<String>> supported = new ArrayList<>();
    for (int field = 0; field < table.fields(); field++) {
      supported.add(new HashSet<>());
    }
    for (int left = 0; left < table.fields(); left++) {
      for (int right = 0; right < table.fields(); right++) {
        if (left != right) {
          support(table, left, right, supported.get(right));
        }
      }
    }
    return supported;
  }

  private static void support(Table table, int left, int right, Set<String> supported) {
    int[] keys = table.codes(left);
    int[] codes = table.codes(right);
    int[] counts = table.counts(right);
    int[] totals = table.counts(left);
    Map<Long, int[]> pairs = new HashMap<>();
    for (int row = 0; row < keys.length; row++) {
      // Only what is rare needs support, and is counted.
      if (keys[row] != Table.MISSING
          && codes[row] != Table.MISSING
          && counts[codes[row]] >= 3
          && counts[codes[row]] <= MOST_RARE * table.rows()) {
        pairs.computeIfAbsent((long) keys[row] << 32 | codes[row], k -> new int[1])[0]++;
      }
    }
    int[] speaks = new int[counts.length];
    pairs.forEach(
        (pair, count) -> {
          int total = totals[(int) (pair >> 32)];
          if (count[0] >= 3 && 2 * count[0] > total) {
            speaks[(int) (long) pair] += count[0];
          }
        });
    for (int code = 0; code < counts.length; code++) {
      if (speaks[code] > 0 && speaks[code] >= SUPPORT * counts[code]) {
        supported.add(table.values(right).get(code));
      }
    }
  }
}
