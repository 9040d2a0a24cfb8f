package dev.quern.contract;

import dev.quern.data.Batch;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.statistics.SmallestHashes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Likely keys of two or three fields: combinations of which no two samples have the same values,
 * though by chance alone some would. Learnt from a part of the samples, held against all.
 *
 * <p>Bounded: {@value #MOST_FIELDS} fields, so 286 combinations, each left at its first repetition;
 * {@value #MOST} of those that stay are counted over all samples, each in a sketch of at most
 * {@value #KEPT} hashes.
 */
final class CompositeKeys {
  private static final int MOST_FIELDS = 12;
  private static final int MOST = 5;
  private static final int KEPT = 1 << 16;
  private static final int FEWEST = 50;

  /** Pairs of equal samples to be expected where the fields have nothing to do with each other. */
  private static final double EXPECTED = 10;

  private final Schema schema;
  private final List<FieldLearner> learners = new ArrayList<>();
  private final List<Counted> keys = new ArrayList<>();

  /** A combination and how often its values occur. */
  private static final class Counted {
    private final int[] fields;
    private final SmallestHashes hashes = new SmallestHashes(KEPT);

    Counted(int[] fields) {
      this.fields = fields;
    }
  }

  /**
   * Finds combinations in {@code rows}: for each sample a hash for each of the first fields, 0 for
   * a missing one.
   */
  CompositeKeys(Schema schema, List<long[]> rows) {
    this.schema = schema;
    schema.fields().forEach(field -> learners.add(new FieldLearner(field)));
    List<Part> parts = rows.size() < FEWEST ? List.of() : parts(rows);
    Set<Set<Integer>> found = new HashSet<>();
    for (int a = 0; a < parts.size(); a++) {
      for (int b = a + 1; b < parts.size(); b++) {
        examine(rows, found, parts.get(a), parts.get(b));
      }
    }
    for (int a = 0; a < parts.size(); a++) {
      for (int b = a + 1; b < parts.size(); b++) {
        for (int c = b + 1; c < parts.size(); c++) {
          examine(rows, found, parts.get(a), parts.get(b), parts.get(c));
        }
      }
    }
  }

  /**
   * A field that can be part of a key.
   *
   * @param equal the share of all pairs of samples that have the same value, in (0, 1)
   */
  private record Part(int field, double equal) {}

  /** Fields that are always there and tell samples apart in part: the best first. */
  private List<Part> parts(List<long[]> rows) {
    List<Part> parts = new ArrayList<>();
    for (int field = 0; field < rows.get(0).length; field++) {
      Type.Kind kind = schema.field(field).type().kind();
      boolean fits =
          kind == Type.Kind.TEXT
              || kind == Type.Kind.LONG
              || kind == Type.Kind.DATE
              || kind == Type.Kind.TIMESTAMP;
      Map<Long, Long> counts = new HashMap<>();
      for (int i = 0; fits && i < rows.size(); i++) {
        fits = rows.get(i)[field] != 0;
        counts.merge(rows.get(i)[field], 1L, Long::sum);
      }
      long equal = counts.values().stream().mapToLong(CompositeKeys::pairs).sum();
      if (fits && counts.size() > 1 && equal > 0) {
        parts.add(new Part(field, (double) equal / pairs(rows.size())));
      }
    }
    parts.sort(Comparator.comparingDouble(Part::equal));
    return parts.subList(0, Math.min(MOST_FIELDS, parts.size()));
  }

  private static long pairs(long samples) {
    return samples * (samples - 1) / 2;
  }

  private void examine(List<long[]> rows, Set<Set<Integer>> found, Part... parts) {
    double equal = pairs(rows.size());
    Set<Integer> fields = new HashSet<>();
    for (Part part : parts) {
      equal *= part.equal();
      fields.add(part.field());
    }
    // What is nearly a key alone would make one with anything.
    if (keys.size() == MOST || equal < EXPECTED) {
      return;
    }
    if (found.stream().anyMatch(fields::containsAll)) {
      return; // A part of it is a key already.
    }
    Set<Long> seen = new HashSet<>();
    for (long[] row : rows) {
      long hash = 0;
      for (Part part : parts) {
        hash = Hash128.mix(hash ^ row[part.field()]);
      }
      if (!seen.add(hash)) {
        return;
      }
    }
    found.add(fields);
    keys.add(new Counted(fields.stream().mapToInt(field -> field).sorted().toArray()));
  }

  /**
   * Counts the selected samples of {@code batch}; one that lacks a part is a repetition of none.
   */
  void add(Batch batch) {
    for (Counted key : keys) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        long hash = 0;
        boolean whole = true;
        for (int field : key.fields) {
          whole &= !batch.column(field).isNull(row);
          hash =
              whole
                  ? Hash128.mix(hash ^ learners.get(field).hash(batch.column(field), row).high())
                  : 0;
        }
        if (whole) {
          key.hashes.add(hash);
        }
      }
    }
  }

  /** Returns the keys that hold for all samples counted. */
  List<Suggestion> suggestions() {
    List<Suggestion> all = new ArrayList<>();
    for (Counted key : keys) {
      if (key.hashes.total() == 0 || key.hashes.once() < key.hashes.occurrences()) {
        continue;
      }
      List<String> names = new ArrayList<>();
      for (int field : key.fields) {
        names.add(schema.field(field).name());
      }
      String written = names.stream().map(Conditions::field).collect(Collectors.joining(", "));
      all.add(
          new Suggestion(
              names,
              "together unique",
              Suggestion.Place.SCHEMA,
              Candidate.map(
                  "type",
                  "custom",
                  "engine",
                  "quern",
                  "dimension",
                  "uniqueness",
                  "implementation",
                  // A sketch of part of the values cannot prove the others.
                  "uniqueness(" + written + ") >= " + (key.hashes.isComplete() ? "1" : "0.999")),
              key.hashes.once(),
              key.hashes.occurrences()));
    }
    return all;
  }
}
