package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.trial.Tried;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralizeTest {
  private static Generalize generalize(Map<String, Object> fields, String unknown) {
    return Tried.operator(Generalize.class, Generalize.SPEC, "fields", fields, "unknown", unknown);
  }

  private static Tried one(Object rule, Type type, @Nullable Object... values) {
    return Tried.map(generalize(Map.of("v", rule), "quarantine"), Tried.column("v", type, values));
  }

  @Test
  void eachKindOfHierarchyIsTakenAtItsLevel() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("born", Map.of("dates", List.of("month", "year"), "level", 1L));
    fields.put("age", Map.of("intervals", List.of(5L, 20L), "level", 2L));
    fields.put("zip", Map.of("mask", 4L, "side", "start", "level", 2L));
    fields.put(
        "grade", Map.of("order", List.of("a", "b", "c", "d"), "groups", List.of(2L), "level", 1L));
    fields.put("name", Map.of());
    Batch batch =
        Tried.batch(
            Tried.schema(
                "born",
                Type.DATE,
                "age",
                Type.DOUBLE,
                "zip",
                Type.LONG,
                "grade",
                Type.TEXT,
                "name",
                Type.TEXT,
                "rest",
                Type.LONG),
            new Object[][] {{LocalDate.of(1984, 5, 17), 39.99, 81667L, "c", "Ann", 7L}});
    Tried tried = Tried.map(generalize(fields, "quarantine"), batch);
    assertThat(tried.rows).containsExactly(List.of("1984-05", "[20, 40)", "**667", "c–d", "*", 7L));
    assertThat(tried.counted).hasSize(5).containsValue(1L);
  }

  @Test
  void withoutALevelItIsTheCoarsestThatTellsSomething() {
    assertThat(one(Map.of("mask", 3L), Type.TEXT, "81667").values()).containsExactly("81***");
    assertThat(one(Map.of("intervals", List.of(5L, 10L)), Type.LONG, 34L).values())
        .containsExactly("[30, 40)");
    List<List<String>> ending = List.of(List.of("Delft", "NL", "*"), List.of("杭州", "CN", "*"));
    assertThat(one(Map.of("hierarchy", ending), Type.TEXT, "杭州").values()).containsExactly("CN");
    List<List<String>> open = List.of(List.of("Delft", "NL"), List.of("杭州", "CN"));
    assertThat(one(Map.of("hierarchy", open), Type.TEXT, "杭州").values()).containsExactly("CN");
  }

  @Test
  void onlyCellsThatBecomeOthersAreCounted() {
    Tried tried =
        one(
            Map.of("hierarchy", List.of(List.of("a", "x"), List.of("x", "x"))),
            Type.TEXT,
            "a",
            "x",
            null,
            "a");
    assertThat(tried.values()).containsExactly("x", "x", null, "x");
    assertThat(tried.counted).containsOnly(Map.entry("generalize(v)", 2L));
  }

  @Test
  void aValueThatTheHierarchyDoesNotKnowNeverStays() {
    Map<String, Object> fields = Map.of("v", Map.of("intervals", List.of(10L)));
    Batch batch = Tried.column("v", Type.TEXT, "34", "many", null);
    Tried aside = Tried.map(generalize(fields, "quarantine"), batch);
    assertThat(aside.values()).containsExactly("[30, 40)", null);
    assertThat(aside.quarantined)
        .containsExactly(
            "1 v must be a value that its hierarchy knows; found: 4 bytes, mask aaaa"
                + " (unknown_value)");
    Tried stars = Tried.map(generalize(fields, "star"), batch);
    assertThat(stars.values()).containsExactly("[30, 40)", "*", null);
    assertThat(stars.counted).containsOnly(Map.entry("generalize(v)", 2L));
  }

  @Test
  void aLevelThatIsNotThereIsRefused() {
    for (Object level : List.of(0L, 4L, "year")) {
      Map<String, Object> rule = Map.of("dates", List.of("month", "year"), "level", level);
      assertThatThrownBy(() -> generalize(Map.of("v", rule), "star"))
          .hasMessageContaining(
              "each with level: 1 (above the value) to the highest (*), or without; found: {\"v\":{");
    }
    assertThatThrownBy(() -> generalize(Map.of(), "star"))
        .hasMessageContaining("a map from field name to");
    assertThatThrownBy(() -> generalize(Map.of("v", Map.of("months", 2L)), "star"))
        .hasMessageContaining("{intervals: [widths], origin: number}");
    assertThatThrownBy(
            () -> generalize(Map.of("w", Map.of()), "star").output(Tried.schema("v", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must name fields of the input; found: w");
  }

  @Test
  void whatOneHierarchyBreaksIsToldAtItsField() {
    assertThatThrownBy(
            () -> generalize(Map.of("v", Map.of("intervals", List.of(20L, 50L))), "star"))
        .hasMessageContaining(
            "widths of intervals must be above 0, each a multiple of the one before; found: [20,"
                + " 50]");
    assertThatThrownBy(
            () ->
                generalize(
                    Map.of("v", Map.of("order", List.of("a", "b"), "groups", List.of(1.5))),
                    "star"))
        .hasMessageContaining("groups: [sizes]");
  }

  /** A generalised number lies in its interval, a date begins with its month. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatStandsForAValueHoldsIt(long seed) {
    Random random = new Random(seed);
    List<Object> numbers = new ArrayList<>();
    List<Object> days = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      numbers.add(random.nextGaussian() * Math.pow(10, random.nextInt(9) - 3));
      days.add(LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000));
    }
    Map<String, Object> rule = Map.of("intervals", List.of(0.5, 2L), "origin", 1L, "level", 1L);
    List<@Nullable Object> intervals = one(rule, Type.DOUBLE, numbers.toArray()).values();
    Pattern shape = Pattern.compile("\\[(.+), (.+)\\)");
    for (int i = 0; i < numbers.size(); i++) {
      Matcher interval = shape.matcher(String.valueOf(intervals.get(i)));
      assertThat(interval.matches()).isTrue();
      BigDecimal number = new BigDecimal(numbers.get(i).toString());
      assertThat(new BigDecimal(interval.group(1))).isLessThanOrEqualTo(number);
      assertThat(new BigDecimal(interval.group(2))).isGreaterThan(number);
    }
    Map<String, Object> month = Map.of("dates", List.of("month", "decade"), "level", 1L);
    List<@Nullable Object> months = one(month, Type.DATE, days.toArray()).values();
    for (int i = 0; i < days.size(); i++) {
      assertThat(days.get(i).toString()).startsWith(String.valueOf(months.get(i)));
    }
  }

  /** What is one at a level is one at every level above. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void levelsNest(long seed) {
    Random random = new Random(seed);
    Object[] codes = new Object[300];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Integer.toString(random.nextInt(2000)) + (random.nextBoolean() ? "杭" : "é");
    }
    List<@Nullable Object> below = List.of(codes);
    for (long level = 1; level <= 5; level++) {
      List<@Nullable Object> at =
          one(Map.of("mask", 4L, "level", level), Type.TEXT, codes).values();
      Map<@Nullable Object, @Nullable Object> above = new HashMap<>();
      for (int i = 0; i < codes.length; i++) {
        Object before = above.putIfAbsent(below.get(i), at.get(i));
        assertThat(before == null || before.equals(at.get(i))).isTrue();
      }
      below = at;
    }
    assertThat(below).containsOnly("*");
  }
}
