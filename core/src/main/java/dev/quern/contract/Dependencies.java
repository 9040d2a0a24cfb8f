package dev.quern.contract;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.statistics.Scalars;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields that determine others: X → Y where, for most samples, all with the same x have the same y.
 * Learnt from a part of the samples, held against others: of each x, y must be the one that was
 * most frequent.
 */
final class Dependencies {
  /** Fields of more are left out, the last ones: pairs grow with the square. */
  private static final int MOST_FIELDS = 60;

  private static final int MOST = 20;
  private static final double LEAST = 0.9;

  /** How much of what guessing the most frequent y leaves open x must explain. */
  private static final double LEAST_EXPLAINED = 0.85;

  private final Schema schema;
  private final List<FieldLearner> learners = new ArrayList<>();
  private final List<long[]> rows = new ArrayList<>();

  Dependencies(Schema schema) {
    this.schema = schema;
    for (int i = 0; i < schema.size() && i < MOST_FIELDS; i++) {
      learners.add(new FieldLearner(schema.field(i)));
    }
  }

  /** Adds the selected samples of {@code batch}: a hash for each value, 0 for a missing one. */
  void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long[] hashes = new long[learners.size()];
      for (int field = 0; field < hashes.length; field++) {
        Column column = batch.column(field);
        boolean there = column.type().isScalar() && !Scalars.isMissing(column, row);
        hashes[field] = there ? learners.get(field).hash(column, row).high() | 1 : 0;
      }
      rows.add(hashes);
    }
  }

  /** Returns the combinations of fields that are keys of these samples. */
  CompositeKeys keys() {
    return new CompositeKeys(schema, rows);
  }

  /** Returns the dependencies of these samples that {@code others} do not contradict. */
  List<Suggestion> heldAgainst(Dependencies others) {
    List<Suggestion> found = new ArrayList<>();
    for (int x = 0; x < learners.size(); x++) {
      for (int y = 0; y < learners.size(); y++) {
        if (x != y && canDetermine(x) && learners.get(y).field.type().isScalar()) {
          examine(x, y, others, found);
        }
      }
    }
    found.sort(
        Comparator.comparingDouble(Suggestion::precision)
            .reversed()
            .thenComparing(one -> -one.asked())
            .thenComparing(Suggestion::what));
    return found.subList(0, Math.min(MOST, found.size()));
  }

  private boolean canDetermine(int x) {
    Type.Kind kind = schema.field(x).type().kind();
    return kind == Type.Kind.TEXT || kind == Type.Kind.LONG || kind == Type.Kind.DATE;
  }

  private void examine(int x, int y, Dependencies others, List<Suggestion> found) {
    Map<Long, Map<Long, Integer>> groups = new HashMap<>();
    Map<Long, Integer> all = new HashMap<>();
    int n = 0;
    for (long[] row : rows) {
      if (row[x] != 0 && row[y] != 0) {
        groups.computeIfAbsent(row[x], k -> new HashMap<>(4)).merge(row[y], 1, Integer::sum);
        all.merge(row[y], 1, Integer::sum);
        n++;
      }
    }
    // A key determines everything, and one value is determined by anything.
    if (n < 100 || groups.size() > n / 3 || groups.size() < 2 || all.size() < 2) {
      return;
    }
    Map<Long, Long> majority = new HashMap<>();
    long agreeing = 0;
    for (Map.Entry<Long, Map<Long, Integer>> group : groups.entrySet()) {
      Map.Entry<Long, Integer> most = most(group.getValue());
      majority.put(group.getKey(), most.getKey());
      agreeing += most.getValue();
    }
    double share = (double) agreeing / n;
    double guess = (double) most(all).getValue() / n;
    if (share < LEAST || guess > 0.99 || (share - guess) / (1 - guess) < LEAST_EXPLAINED) {
      return;
    }
    long asked = 0;
    long right = 0;
    for (long[] row : others.rows) {
      Long expected = majority.get(row[x]);
      if (expected != null && row[y] != 0) {
        asked++;
        right += row[y] == expected ? 1 : 0;
      }
    }
    if (asked >= 50 && right >= LEAST * asked) {
      found.add(suggestion(schema.field(x).name(), schema.field(y).name(), right, asked));
    }
  }

  /** Of equally frequent ones the one with the smaller hash. */
  private static Map.Entry<Long, Integer> most(Map<Long, Integer> counts) {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .orElseThrow();
  }

  private static Suggestion suggestion(String x, String y, long right, long asked) {
    double least = 1 - Candidate.percent(asked - right, asked) / 100;
    String line =
        "consistency("
            + Conditions.field(x)
            + ", "
            + Conditions.field(y)
            + ", of: majority) >= "
            + Math.round(least * 1e4) / 1e4;
    return new Suggestion(
        List.of(x, y),
        x + " determines " + y,
        Suggestion.Place.SCHEMA,
        Candidate.map(
            "type",
            "custom",
            "engine",
            "quern",
            "dimension",
            "consistency",
            "implementation",
            line),
        right,
        asked);
  }
}
