package dev.quern.privacy.attack;

import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Hierarchy;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who knows people by their values looks for their samples in a release: a sample is a
 * candidate for a person where each of its values is the person's or a generalisation of it. A
 * person with one candidate is found; of n candidates one in n guesses is right.
 *
 * <p>Suppressed samples, all of whose values are {@code *}, would be candidates for everybody and
 * are left out: so the attack is at its strongest. Memory: one bit for each pair of a distinct
 * value and a class of the release.
 *
 * @param people whom the attacker knows
 * @param matched those with a candidate
 * @param unique those with one candidate
 * @param expected people that are expected to be found by guessing: Σ 1 / candidates
 * @param fewest candidates of the person who has fewest, 0 where nobody has one
 * @param byCandidates people by the number of their candidates: 0, 1, 2–4, 5–9, 10–99, 100 and more
 */
public record Linkage(
    long people,
    long matched,
    long unique,
    double expected,
    long fewest,
    Map<String, Long> byCandidates) {

  /**
   * Attacks {@code release}.
   *
   * @param release combinations of the fields as published
   * @param known combinations of the same fields as the attacker knows them
   * @param matches of each field, whether a published value may stand for a known one
   */
  public static Linkage of(
      CombinationTable release, CombinationTable known, List<ValueMatch> matches) {
    CombinationTable classes = release.where(row -> !isSuppressed(release.values(row)));
    List<Map<String, BitSet>> candidates = candidates(classes, known, matches);
    long people = 0;
    long matched = 0;
    long unique = 0;
    Map<Long, Long> byFound = new TreeMap<>();
    Map<String, Long> by = new LinkedHashMap<>();
    for (String bucket : List.of("0", "1", "2-4", "5-9", "10-99", "100+")) {
      by.put(bucket, 0L);
    }
    for (int row = 0; row < known.size(); row++) {
      long found = count(classes, candidates, known.values(row));
      long count = known.counts()[row];
      people += count;
      by.merge(bucket(found), count, Long::sum);
      if (found > 0) {
        matched += count;
        unique += found == 1 ? count : 0;
        byFound.merge(found, count, Long::sum);
      }
    }
    double expected = 0;
    for (Map.Entry<Long, Long> one : byFound.entrySet()) {
      expected += (double) one.getValue() / one.getKey();
    }
    long fewest = byFound.isEmpty() ? 0 : byFound.keySet().iterator().next();
    return new Linkage(people, matched, unique, expected, fewest, by);
  }

  private static boolean isSuppressed(List<@Nullable String> values) {
    return values.stream().allMatch(Hierarchy.ANY::equals);
  }

  /** Returns, by field and known value, the classes whose value may stand for it. */
  private static List<Map<String, BitSet>> candidates(
      CombinationTable classes, CombinationTable known, List<ValueMatch> matches) {
    List<Map<String, BitSet>> all = new java.util.ArrayList<>();
    for (int field = 0; field < matches.size(); field++) {
      @Nullable String[] published = classes.domains()[field];
      BitSet[] byCode = new BitSet[published.length];
      for (int code = 0; code < byCode.length; code++) {
        byCode[code] = new BitSet(classes.size());
      }
      for (int row = 0; row < classes.size(); row++) {
        byCode[classes.codes()[field][row]].set(row);
      }
      Map<String, BitSet> byValue = new HashMap<>();
      for (String value : known.domains()[field]) {
        if (value != null) {
          BitSet rows = new BitSet(classes.size());
          for (int code = 1; code < byCode.length; code++) {
            String label = published[code];
            if (label != null && matches.get(field).test(label, value)) {
              rows.or(byCode[code]);
            }
          }
          byValue.put(value, rows);
        }
      }
      all.add(byValue);
    }
    return all;
  }

  /** What the attacker does not know of a person excludes no sample. */
  private static long count(
      CombinationTable classes,
      List<Map<String, BitSet>> candidates,
      List<@Nullable String> values) {
    BitSet rows = new BitSet(classes.size());
    rows.set(0, classes.size());
    for (int field = 0; field < values.size(); field++) {
      BitSet fitting = candidates.get(field).get(values.get(field));
      if (fitting != null) {
        rows.and(fitting);
      }
    }
    long count = 0;
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      count += classes.counts()[row];
    }
    return count;
  }

  private static String bucket(long found) {
    return found < 2
        ? Long.toString(found)
        : found < 5 ? "2-4" : found < 10 ? "5-9" : found < 100 ? "10-99" : "100+";
  }

  /** Returns 1 / candidates of the person who has fewest, 0 where nobody has one. */
  public double highestRisk() {
    return fewest == 0 ? 0 : 1.0 / fewest;
  }

  /** Returns what was found as plain values. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("people", people);
    plain.put("matched", matched);
    plain.put("unique", unique);
    plain.put("expected_right", expected);
    plain.put("fewest_candidates", fewest);
    plain.put("highest_risk", highestRisk());
    plain.put("people_by_candidates", byCandidates);
    return plain;
  }
}
