package dev.quern.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Linking;
import dev.quern.operator.Fitter;
import dev.quern.operator.Linker;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.trial.Tried;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void byIdHoldsFractionsInExpectation() {
    Batch batch = numbers(10_000);
    Map<Split, Integer> sizes =
        sizes(Tried.map(split(Mapper.class, "train", 0.7, "validation", 0.1, "test", 0.2), batch));
    // Four standard deviations of a binomial of 10,000 draws are at most 200.
    assertThat(sizes.get(Split.TRAIN)).isBetween(6_800, 7_200);
    assertThat(sizes.get(Split.VALIDATION)).isBetween(880, 1_120);
    assertThat(sizes.get(Split.TEST)).isBetween(1_840, 2_160);
  }

  @Test
  void byIdASampleKeepsItsSplitWhenOthersGo() {
    Batch batch = numbers(100);
    Mapper split = split(Mapper.class, "train", 0.5, "test", 0.5);
    List<Split> all = Tried.map(split, batch).splits;
    Tried half = Tried.map(split, batch.select(new int[] {3, 50, 77}, 3));
    assertThat(half.splits).containsExactly(all.get(3), all.get(50), all.get(77));
    assertThat(all).contains(Split.TRAIN, Split.TEST);
  }

  @Test
  void byLabelFractionsAreExactForEachLabel() {
    int n = 100;
    Object[] labels = new Object[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 10 == 0 ? "rare" : i % 7 == 0 ? null : "often";
    }
    Batch batch = Tried.column("y", Type.TEXT, labels);
    Tried tried =
        Tried.fit(
            split(
                Fitter.class,
                "train",
                0.7,
                "validation",
                0.1,
                "test",
                0.2,
                "by",
                "label",
                "fields",
                List.of("y")),
            batch);
    Map<Object, Map<Split, Integer>> byLabel = new HashMap<>();
    for (int i = 0; i < n; i++) {
      byLabel
          .computeIfAbsent(tried.rows.get(i).get(0), y -> new EnumMap<>(Split.class))
          .merge(tried.splits.get(i), 1, Integer::sum);
    }
    assertThat(byLabel.get("rare"))
        .isEqualTo(Map.of(Split.TRAIN, 7, Split.VALIDATION, 1, Split.TEST, 2));
    // 13 missing: 9.1, 1.3, 2.6; the largest remainder gets what is left.
    assertThat(byLabel.get(null))
        .isEqualTo(Map.of(Split.TRAIN, 9, Split.VALIDATION, 1, Split.TEST, 3));
  }

  @Test
  void byTimeTrainLiesBeforeValidationBeforeTest() {
    Batch batch = Tried.column("t", Type.LONG, 5L, 1L, 3L, 2L, 4L, 3L, 9L, 3L, null, 8L);
    Tried tried =
        Tried.fit(
            split(
                Fitter.class,
                "train",
                0.5,
                "validation",
                0.25,
                "test",
                0.25,
                "by",
                "time",
                "fields",
                List.of("t")),
            batch);
    assertThat(tried.quarantined).containsExactly("8 t must be a time; found: no_time");
    Map<Split, Set<Object>> times = new EnumMap<>(Split.class);
    for (int i = 0; i < tried.rows.size(); i++) {
      times
          .computeIfAbsent(tried.splits.get(i), s -> new HashSet<>())
          .add(tried.rows.get(i).get(0));
    }
    // 9 times: 5 (4.5), 2, 2; 1 2 3 3 3 | 4 5 | 8 9.
    assertThat(times)
        .isEqualTo(
            Map.of(
                Split.TRAIN,
                Set.of(1L, 2L, 3L),
                Split.VALIDATION,
                Set.of(4L, 5L),
                Split.TEST,
                Set.of(8L, 9L)));
  }

  @Test
  void byTimeEqualTimesStayTogether() {
    Batch batch = Tried.column("t", Type.LONG, 1L, 2L, 2L, 2L);
    Tried tried =
        Tried.fit(
            split(Fitter.class, "train", 0.5, "test", 0.5, "by", "time", "fields", List.of("t")),
            batch);
    assertThat(tried.splits).containsExactly(Split.TRAIN, Split.TEST, Split.TEST, Split.TEST);
  }

  @Test
  void byGroupAGroupLiesInOneSplit() {
    Object[] groups = new Object[600];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = "g" + i % 60;
    }
    Schema schema = Schema.of(Field.of("g", Type.TEXT).with(Role.GROUP));
    Batch column = Tried.column("g", Type.TEXT, groups);
    Batch batch = column.with(schema, column.columns());
    Tried tried = Tried.map(split(Mapper.class, "train", 0.5, "test", 0.5, "by", "group"), batch);
    Map<Object, Set<Split>> splits = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      splits.computeIfAbsent(groups[i], g -> new HashSet<>()).add(tried.splits.get(i));
    }
    assertThat(splits.values()).allSatisfy(found -> assertThat(found).hasSize(1));
    assertThat(tried.splits).contains(Split.TRAIN, Split.TEST);
  }

  @Test
  void severalGroupFieldsAreLinksAndMissingOnesAreNone() {
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.TEXT);
    Linker linker =
        (Linker) split(Mapper.class, "train", 1.0, "by", "group", "fields", List.of("a", "b"));
    Linking linking = linker.links(schema, Tried.STEP);
    Batch batch = Tried.batch(schema, new Object[] {1L, null}, new Object[] {null, "x"});
    assertThat(linking.links()).isEqualTo(2);
    CanonicalForm form = new CanonicalForm();
    assertThat(linking.link(0, batch, 0, form.reset())).isTrue();
    assertThat(form.length()).isPositive();
    assertThat(linking.link(1, batch, 0, form.reset())).isFalse();
    assertThat(linking.link(0, batch, 1, form.reset())).isFalse();
    assertThat(linking.link(1, batch, 1, form.reset())).isTrue();
  }

  @Test
  void onlySamplesOfTheChosenKindAreDivided() {
    Batch batch = Tried.in(numbers(4), Split.TRAIN, Split.TEST, Split.NONE, Split.VALIDATION);
    assertThat(Tried.map(split(Mapper.class, "train", 1.0), batch).splits)
        .containsExactly(Split.TRAIN, Split.TEST, Split.TRAIN, Split.VALIDATION);
    Mapper aside = split(Mapper.class, "train", 0, "validation", 1.0, "from", "train");
    assertThat(Tried.map(aside, batch).splits)
        .containsExactly(Split.VALIDATION, Split.TEST, Split.NONE, Split.VALIDATION);
  }

  @Test
  void fractionsMustSumToOne() {
    assertThatThrownBy(() -> split(Mapper.class, "train", 0.5, "test", 0.4))
        .hasMessage(
            "diversity.split: train, validation and test must sum to 1 (fraction); found: 0.9");
    assertThatThrownBy(
            () ->
                split(Fitter.class, "train", 1.0, "by", "label")
                    .output(Tried.schema("y", Type.TEXT)))
        .hasMessage(
            "must name one label field for by: label; found: none, and no field has the role label");
  }

  @Test
  void countsFollowTheLargestRemainder() {
    assertThat(new Fractions(0.7, 0.1, 0.2).counts(10)).containsExactly(7, 1);
    assertThat(new Fractions(0.5, 0.25, 0.25).counts(3)).containsExactly(1, 1);
    assertThat(new Fractions(1, 0, 0).counts(5)).containsExactly(5, 0);
    assertThat(new Fractions(0, 0, 1).counts(5)).containsExactly(0, 0);
    for (int n = 0; n < 200; n++) {
      long[] counts = new Fractions(1 / 3.0, 1 / 3.0, 1 / 3.0).counts(n);
      assertThat(counts[0]).isBetween(n / 3L, n / 3L + 1);
      assertThat(n - counts[0] - counts[1]).isBetween(n / 3L, n / 3L + 1);
    }
  }

  private static Batch numbers(int count) {
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = (long) i;
    }
    return Tried.column("x", Type.LONG, values);
  }

  private static Map<Split, Integer> sizes(Tried tried) {
    Map<Split, Integer> sizes = new EnumMap<>(Split.class);
    tried.splits.forEach(split -> sizes.merge(split, 1, Integer::sum));
    return sizes;
  }

  private static <T extends Operator> T split(Class<T> kind, Object... params) {
    return Tried.operator(kind, dev.quern.diversity.Split.SPEC, params);
  }
}
