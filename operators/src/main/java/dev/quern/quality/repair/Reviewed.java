package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What reviews say of cells, and what follows for others: a value confirmed once is right in its
 * field, one mended once is mended alike, and a rule is believed as far as it proved right there.
 *
 * @param cells reviews by sample and field
 * @param values reviews by field and value found
 * @param belief factor on the confidence of a rule in a field, in [0, 1], by {@code field:rule}
 */
record Reviewed(
    Map<SampleId, Map<Integer, Say>> cells,
    List<Map<String, Say>> values,
    Map<String, Double> belief) {
  /** A rule is believed as if it had proved right so often before anybody looked. */
  private static final double BEFORE = 2;

  /** Another cell of a value that was mended is mended alike with this confidence. */
  private static final double ALIKE = 0.9;

  /**
   * What is said of a cell.
   *
   * @param right whether it is right
   * @param correct what it should hold; null where it is right or that is not known
   */
  record Say(boolean right, @Nullable String correct) {}

  /** Returns what {@code reviews} say, of cells and of the values they hold in {@code rows}. */
  static Reviewed of(
      List<Review> reviews, List<String> names, List<SampleId> ids, List<@Nullable String[]> rows) {
    Map<SampleId, Integer> places = new HashMap<>();
    for (int row = 0; row < ids.size(); row++) {
      places.put(ids.get(row), row);
    }
    Map<SampleId, Map<Integer, Say>> cells = new HashMap<>();
    List<Map<String, Say>> values = new ArrayList<>();
    names.forEach(name -> values.add(new HashMap<>()));
    for (Review review : reviews) {
      int field = names.indexOf(review.field());
      Say say = new Say(review.verdict() == Review.Verdict.RIGHT, review.correct().orElse(null));
      review.value().ifPresent(value -> values.get(field).put(value, say));
      if (review.id().isPresent()) {
        SampleId id = review.id().get();
        cells.computeIfAbsent(id, k -> new TreeMap<>()).put(field, say);
        Integer row = places.get(id);
        String found = row == null ? null : rows.get(row)[field];
        if (found != null) {
          values.get(field).putIfAbsent(found, say);
        }
      }
    }
    return new Reviewed(cells, values, Map.of());
  }

  /** Returns this with the belief that follows from what {@code model} finds in reviewed cells. */
  Reviewed judging(Model model, List<SampleId> ids, List<@Nullable String[]> rows) {
    Map<String, double[]> proofs = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, Say> said = cells.get(ids.get(row));
      if (said == null) {
        continue;
      }
      for (Finding finding : model.judge(rows.get(row))) {
        Say say = said.get(finding.field());
        if (say != null) {
          proofs.computeIfAbsent(key(finding), k -> new double[2])[say.right() ? 1 : 0]++;
        }
      }
    }
    Map<String, Double> learnt = new TreeMap<>();
    proofs.forEach(
        (key, proof) -> learnt.put(key, (BEFORE + proof[0]) / (BEFORE + proof[0] + 2 * proof[1])));
    return new Reviewed(cells, values, learnt);
  }

  /** Returns {@code findings} in {@code row} as reviews leave them. */
  List<Finding> heed(SampleId id, @Nullable String[] row, List<Finding> findings) {
    if (cells.isEmpty() && values.stream().allMatch(Map::isEmpty)) {
      return findings;
    }
    List<Finding> heeded = new ArrayList<>();
    for (Finding finding : findings) {
      if (say(id, row, finding.field()) == null) {
        double factor = belief.getOrDefault(key(finding), 1.0);
        heeded.add(
            new Finding(
                finding.field(),
                finding.rule(),
                finding.certain() * factor,
                finding.confidence() * factor,
                finding.repair(),
                finding.impossible()));
      }
    }
    for (int field = 0; field < row.length; field++) {
      Say say = say(id, row, field);
      if (say != null && !say.right() && row[field] != null) {
        double sure = isOwn(id, field) ? 1 : ALIKE;
        String correct = say.correct();
        if (correct == null) {
          heeded.add(Finding.impossible(field, Rule.REVIEWED, sure));
        } else if (!correct.equals(row[field])) {
          heeded.add(Finding.repaired(field, Rule.REVIEWED, sure, correct));
        }
      }
    }
    return heeded;
  }

  private boolean isOwn(SampleId id, int field) {
    Map<Integer, Say> own = cells.get(id);
    return own != null && own.containsKey(field);
  }

  private @Nullable Say say(SampleId id, @Nullable String[] row, int field) {
    Map<Integer, Say> own = cells.get(id);
    Say say = own == null ? null : own.get(field);
    String value = row[field];
    return say != null || value == null ? say : values.get(field).get(value);
  }

  private static String key(Finding finding) {
    return finding.field() + ":" + finding.rule().label();
  }

  /** Returns this as plain values. */
  Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    Map<String, @Nullable Object> byId = new TreeMap<>();
    cells.forEach(
        (id, said) -> {
          Map<String, @Nullable Object> fields = new TreeMap<>();
          said.forEach((field, say) -> fields.put(field.toString(), plain(say)));
          byId.put(id.toString(), fields);
        });
    List<@Nullable Object> byValue = new ArrayList<>();
    for (Map<String, Say> field : values) {
      Map<String, @Nullable Object> says = new TreeMap<>();
      field.forEach((value, say) -> says.put(value, plain(say)));
      byValue.add(says);
    }
    plain.put("cells", byId);
    plain.put("values", byValue);
    plain.put("belief", new TreeMap<String, @Nullable Object>(belief));
    return plain;
  }

  /** Returns what {@link #plain()} gave. */
  static Reviewed read(@Nullable Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    Map<SampleId, Map<Integer, Say>> cells = new HashMap<>();
    Json.object(plain.get("cells"))
        .forEach(
            (id, fields) -> {
              Map<Integer, Say> said = new TreeMap<>();
              Json.object(fields)
                  .forEach((field, say) -> said.put(Integer.valueOf(field), say(say)));
              cells.put(SampleId.parse(id), said);
            });
    List<Map<String, Say>> values = new ArrayList<>();
    for (Object field : Json.list(plain.get("values"))) {
      Map<String, Say> says = new HashMap<>();
      Json.object(field).forEach((value, say) -> says.put(value, say(say)));
      values.add(says);
    }
    Map<String, Double> belief = new HashMap<>();
    Json.object(plain.get("belief"))
        .forEach(
            (key, factor) -> {
              if (factor instanceof Number number) {
                belief.put(key, number.doubleValue());
              }
            });
    return new Reviewed(cells, values, belief);
  }

  private static List<@Nullable Object> plain(Say say) {
    List<@Nullable Object> plain = new ArrayList<>();
    plain.add(say.right());
    plain.add(say.correct());
    return plain;
  }

  private static Say say(@Nullable Object stored) {
    List<@Nullable Object> plain = Json.list(stored);
    return new Say(Boolean.TRUE.equals(plain.get(0)), (String) plain.get(1));
  }
}
