package dev.quern.run;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two profiles side by side: what is not the same in the second as in the first. */
public final class ProfileChanges {
  /** Amounts that stand in a profile by themselves. */
  private static final List<String> ALONE =
      List.of(
          "samples",
          "missing",
          "distinct",
          "once",
          "key",
          "duplicates",
          "min",
          "max",
          "mean",
          "deviation");

  /** Amounts of which a profile has several, by part. */
  private static final List<String> PARTS =
      List.of("quantile", "top_values", "masks", "formats", "scripts", "suspicious", "correlation");

  private ProfileChanges() {}

  /**
   * One amount that changed.
   *
   * @param field its name, empty for the samples as wholes
   * @param measure for example {@code missing} or {@code quantile}
   * @param part which one of several, empty where there is one
   * @param before absent where the first profile tells none
   * @param after absent where the second profile tells none
   */
  public record Change(
      String field, String measure, String part, @Nullable Double before, @Nullable Double after) {

    /** Returns the change as plain values. */
    public Map<String, @Nullable Object> plain() {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("field", field);
      plain.put("measure", measure);
      plain.put("part", part);
      plain.put("before", before);
      plain.put("after", after);
      return plain;
    }
  }

  /** Returns what differs, field by field in the order of {@code after}, then what is gone. */
  public static List<Change> between(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Set<String> fields = new LinkedHashSet<>(after.keySet());
    fields.addAll(before.keySet());
    List<Change> changes = new ArrayList<>();
    for (String field : fields) {
      compare(field, part(before, field), part(after, field), changes);
    }
    return changes;
  }

  private static void compare(
      String field,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      List<Change> changes) {
    for (String measure : ALONE) {
      add(new Change(field, measure, "", number(before, measure), number(after, measure)), changes);
    }
    for (String measure : PARTS) {
      Map<String, Double> some = parts(before, measure);
      Map<String, Double> others = parts(after, measure);
      Set<String> names = new LinkedHashSet<>(others.keySet());
      names.addAll(new TreeMap<>(some).keySet());
      for (String name : names) {
        add(new Change(field, measure, name, some.get(name), others.get(name)), changes);
      }
    }
  }

  private static void add(Change change, List<Change> changes) {
    Double before = change.before();
    boolean same = before == null ? change.after() == null : before.equals(change.after());
    if (!same) {
      changes.add(change);
    }
  }

  private static @Nullable Double number(Map<String, @Nullable Object> of, String name) {
    return of.get(name) instanceof Number number ? number.doubleValue() : null;
  }

  private static Map<String, @Nullable Object> part(Map<String, @Nullable Object> of, String name) {
    return of.get(name) instanceof Map<?, ?> ? Json.object(of.get(name)) : Map.of();
  }

  private static Map<String, Double> parts(Map<String, @Nullable Object> of, String name) {
    Map<String, Double> parts = new LinkedHashMap<>();
    if (of.get(name) instanceof List<?>) {
      for (Object item : Json.list(of.get(name))) {
        Map<String, @Nullable Object> one = Json.object(item);
        Double value = number(one, "value");
        if (value != null) {
          parts.put(String.valueOf(one.get("part")), value);
        }
      }
    }
    return parts;
  }
}
