package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static List<String> told(Batch batch) {
    return Tried.metrics(new Profile(), batch);
  }

  private static Batch many(int size, Schema schema, IntFunction<@Nullable Object[]> row) {
    @Nullable Object[][] rows = new Object[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = row.apply(i);
    }
    return Tried.batch(schema, rows);
  }

  private static Batch one(int size, Type type, IntFunction<@Nullable Object> value) {
    return many(size, Tried.schema("x", type), i -> new @Nullable Object[] {value.apply(i)});
  }

  @Test
  void valuesAndMasksOfFewSamplesAreNotTold() {
    List<String> four = told(one(4, Type.TEXT, i -> "secret"));
    assertThat(four).noneMatch(metric -> metric.contains("secret") || metric.contains("masks"));
    assertThat(told(one(5, Type.TEXT, i -> "shared")))
        .contains("top_values(x)[shared] = 5.0", "masks(x)[a+] = 5.0", "formats(x)[words] = 5.0");
    assertThat(told(one(5, Type.LONG, i -> 7L))).contains("top_values(x)[7] = 5.0");
  }

  @Test
  void valuesOfIdentifiersAndSensitiveFieldsAreNeverTold() {
    for (Role role : List.of(Role.IDENTIFIER, Role.SENSITIVE, Role.SUBJECT)) {
      Field field = Field.of("x", Type.TEXT).with(role);
      Batch batch =
          many(50, new Schema(List.of(field)), i -> new @Nullable Object[] {i < 40 ? "N/A" : "b"});
      assertThat(told(batch))
          .noneMatch(m -> m.contains("top_values") || m.contains("missing_word"));
    }
  }

  @Test
  void aSentinelStandsApartFromTheOthers() {
    Random random = new Random(1);
    assertThat(told(one(1000, Type.LONG, i -> i % 50 == 0 ? 999L : (long) random.nextInt(90))))
        .contains("suspicious(x)[sentinel 999] = 20.0");
    assertThat(
            told(one(1000, Type.DOUBLE, i -> i % 50 == 0 ? -1.0 : 40 + random.nextInt(90) / 2.0)))
        .contains("suspicious(x)[sentinel -1] = 20.0");
    assertThat(told(one(1000, Type.LONG, i -> (long) random.nextInt(100))))
        .noneMatch(metric -> metric.contains("sentinel"));
  }

  @Test
  void aSentinelIsFoundAmongMoreValuesThanAreCounted() {
    Random random = new Random(2);
    assertThat(told(one(9000, Type.DOUBLE, i -> i % 20 == 0 ? -999.0 : random.nextDouble())))
        .anyMatch(metric -> metric.startsWith("suspicious(x)[sentinel -999] = "));
  }

  @Test
  void numbersWithAUnitAndWordsForMissingAreToldOfText() {
    List<String> told =
        told(one(100, Type.TEXT, i -> i % 10 == 0 ? "N/A" : i % 2 == 0 ? i + ".0 oz" : i + ""));
    assertThat(told)
        .contains(
            "suspicious(x)[number_with_unit] = 40.0",
            "suspicious(x)[not_a_number] = 10.0",
            "suspicious(x)[missing_word n/a] = 10.0");
  }

  @Test
  void numbersFarOutsideAreCounted() {
    assertThat(told(one(100, Type.LONG, i -> i == 0 ? 10_000L : (long) i)))
        .contains("suspicious(x)[outside_fences] = 1.0");
  }

  @Test
  void aFieldWithoutRepeatsIsALikelyKeyAndOneRepeatIsSeenWhileCountsAreExact() {
    assertThat(told(one(2000, Type.LONG, i -> (long) i)))
        .contains("key(x) = 1.0", "once(x) = 2000.0");
    assertThat(told(one(2000, Type.LONG, i -> (long) Math.max(1, i))))
        .noneMatch(metric -> metric.startsWith("key"))
        .contains("once(x) = 1998.0");
    assertThat(told(one(20_000, Type.LONG, i -> (long) i))).contains("key(x) = 1.0");
    assertThat(told(one(20_000, Type.LONG, i -> i * 9L / 10)))
        .noneMatch(metric -> metric.startsWith("key"));
  }

  @Test
  void repeatedSamplesAreCounted() {
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.TEXT);
    assertThat(told(many(300, schema, i -> new @Nullable Object[] {i % 100L, "b" + i % 100})))
        .contains("duplicates() = 200.0");
    assertThat(told(many(300, schema, i -> new @Nullable Object[] {(long) i, null})))
        .contains("duplicates() = 0.0");
  }

  @Test
  void correlationIsThatOfAllSamplesWhileTheyAreFew() {
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.DOUBLE, "c", Type.DOUBLE);
    List<String> told =
        told(
            many(
                500,
                schema,
                i -> new @Nullable Object[] {(long) i, -2.0 * i + 3, Math.exp(i / 40.0)}));
    assertThat(told)
        .contains(
            "correlation(a)[b] = -1.0",
            "rank_correlation(a)[b] = -1.0",
            "rank_correlation(a)[c] = 1.0",
            "correlation_pairs() = 3.0",
            "drawn_samples() = 500.0");
    assertThat(told).noneMatch(metric -> metric.equals("correlation(a)[c] = 1.0"));
  }

  @Test
  void aFieldThatDecidesAnotherIsToldAndOneThatDoesNotIsNot() {
    Random random = new Random(3);
    Schema schema = Tried.schema("zip", Type.TEXT, "city", Type.TEXT, "age", Type.LONG);
    List<String> told =
        told(
            many(
                5000,
                schema,
                i -> {
                  int zip = random.nextInt(200);
                  boolean wrong = random.nextInt(100) == 0;
                  return new @Nullable Object[] {
                    "z" + zip, wrong ? "?" : "c" + zip / 4, (long) random.nextInt(80)
                  };
                }));
    assertThat(told).anyMatch(metric -> metric.startsWith("determines(zip)[city] = 0.9"));
    List<String> others = new ArrayList<>(told);
    others.removeIf(metric -> metric.startsWith("determines(zip)[city]"));
    assertThat(others).noneMatch(metric -> metric.startsWith("determines("));
  }

  @Test
  void pairsOfManyFieldsAreBoundedAndItIsToldHowManyWereLookedAt() {
    Object[] fields = new Object[2 * 150];
    for (int i = 0; i < 150; i++) {
      fields[2 * i] = "f" + i;
      fields[2 * i + 1] = Type.DOUBLE;
    }
    Random random = new Random(4);
    List<String> told =
        told(many(60, Tried.schema(fields), i -> random.doubles(150).boxed().toArray()));
    assertThat(told)
        .contains(
            "correlation_fields() = 150.0",
            "correlation_fields_seen() = 100.0",
            "correlation_pairs() = 4950.0",
            "correlation_pairs_told() = 200.0",
            "determines_fields() = 150.0",
            "determines_fields_seen() = 64.0");
    assertThat(told.stream().filter(metric -> metric.startsWith("correlation(")).count())
        .isEqualTo(200);
  }
}
