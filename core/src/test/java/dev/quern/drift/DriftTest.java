package dev.quern.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.drift.Finding.Measure;
import dev.quern.drift.Finding.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final Schema VISITS =
      Schema.of(
          Field.of("age", Type.DOUBLE),
          Field.of("city", Type.TEXT),
          Field.of("ward", Type.TEXT).with(Role.SENSITIVE),
          Field.of("note", Type.TEXT),
          Field.of("at", Type.TIMESTAMP),
          Field.of("card", Type.TEXT).with(Role.IDENTIFIER),
          Field.of("new", Type.BOOL));
  private static final long DAY = 86_400_000_000L;

  /** Visits; {@code changed} ones are older, from another city, at night, and write Chinese. */
  private static Batch visits(long seed, int count, double changed) {
    SplittableRandom random = new SplittableRandom(seed);
    BatchBuilder builder = new BatchBuilder(VISITS);
    for (int i = 0; i < count; i++) {
      boolean other = random.nextDouble() < changed;
      long id = random.nextLong();
      builder.keys().append(Hash128.mix(id), id, 0, i, 0, (byte) 0);
      builder.column(0).appendDouble(40 + 10 * random.nextGaussian() + (other ? 15 : 0));
      builder.column(1).appendText(other ? "Utrecht" : random.nextInt(3) == 0 ? "Delft" : "杭州");
      builder.column(2).appendText(other ? "oncology" : "surgery");
      builder
          .column(3)
          .appendText(other ? "很久没有来了" + id : "came by bus, number " + random.nextLong());
      long hour = other ? 2 : 9 + random.nextInt(8);
      builder.column(4).appendLong(random.nextInt(700) * DAY + hour * DAY / 24);
      builder.column(5).appendText("C" + Long.toHexString(id));
      builder.column(6).appendBool(random.nextBoolean());
    }
    return builder.build();
  }

  private static DriftState state(Batch... batches) {
    DriftState state = DriftState.of(VISITS, VISITS.fields());
    for (Batch batch : batches) {
      state.add(batch);
    }
    return state;
  }

  private static byte[] written(DriftState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DriftState read(byte[] bytes) throws IOException {
    return DriftState.read(
        new DataInputStream(new ByteArrayInputStream(bytes)), VISITS, VISITS.fields());
  }

  private static List<Finding> of(List<Finding> findings, String field, Measure measure) {
    return findings.stream()
        .filter(found -> found.field().equals(field) && found.measure() == measure)
        .toList();
  }

  private static List<String> alarms(List<Finding> findings) {
    return findings.stream()
        .filter(Finding::isAlarm)
        .map(found -> found.field() + " " + found.measure().written())
        .distinct()
        .toList();
  }

  @Test
  void theStateIsTheSameForAnyOrderAndParts() throws IOException {
    Batch one = visits(1, 9_000, 0.1);
    Batch two = visits(2, 9_000, 0.5);
    Batch three = visits(3, 700, 0);
    byte[] whole = written(state(one, two, three));
    assertThat(written(state(three, one, two))).isEqualTo(whole);
    DriftState right = state(two);
    right.merge(state(three));
    DriftState left = state(one);
    left.merge(right);
    assertThat(written(left)).isEqualTo(whole);
    DriftState late = read(written(state(three)));
    late.merge(read(written(state(two))));
    late.merge(state());
    late.merge(state(one));
    assertThat(written(late)).isEqualTo(whole);
    assertThat(written(read(whole))).isEqualTo(whole);
  }

  @Test
  void theSameSourceRaisesNoAlarm() {
    List<Finding> findings =
        DriftComparison.compare(
            state(visits(1, 5_000, 0)), state(visits(2, 5_000, 0)), DriftRules.DEFAULT);
    assertThat(alarms(findings)).isEmpty();
    assertThat(of(findings, "", Measure.DOMAIN)).hasSize(1);
    assertThat(of(findings, "", Measure.DOMAIN).get(0).effect()).isBetween(0.45, 0.55);
  }

  @Test
  void everyFieldThatChangedIsFoundAndNoOther() {
    List<Finding> findings =
        DriftComparison.compare(
            state(visits(1, 5_000, 0)), state(visits(2, 5_000, 0.2)), DriftRules.DEFAULT);
    assertThat(alarms(findings))
        .contains(
            "age psi",
            "age shift",
            "city categories",
            "ward categories",
            "note categories",
            "at categories",
            " domain")
        .doesNotContain("new categories", "card categories", "card missing");
    Finding city = of(findings, "city", Measure.CATEGORIES).get(0);
    assertThat(city.detail().added()).containsExactly("Utrecht");
    assertThat(city.detail().vanished()).isEmpty();
  }

  @Test
  void categoriesOfSensitiveFieldsAreNeverNamed() {
    List<Finding> findings =
        DriftComparison.compare(
            state(visits(1, 2_000, 0)), state(visits(2, 2_000, 0.5)), DriftRules.DEFAULT);
    Finding ward = of(findings, "ward", Measure.CATEGORIES).get(0);
    assertThat(ward.isAlarm()).isTrue();
    assertThat(ward.detail().added()).isEmpty();
    assertThat(findings.toString()).doesNotContain("oncology").doesNotContain("surgery");
  }

  @Test
  void categoriesThatFourShareAreNotNamed() {
    CategoryCounts before = new CategoryCounts();
    before.add("often", 100);
    CategoryCounts after = new CategoryCounts();
    after.add("often", 91);
    after.add("four", 4);
    after.add("five", 5);
    CategoryComparison found = CategoryComparison.of(before.counts(), after.counts());
    assertThat(found.added()).containsExactly("five");
    assertThat(CategoryComparison.of(after.counts(), before.counts()).vanished())
        .containsExactly("five");
  }

  @Test
  void fieldsAddedRemovedRetypedAndFilledAreNamedFirst() {
    Schema before =
        Schema.of(
            Field.of("a", Type.LONG), Field.of("gone", Type.TEXT), Field.of("empty", Type.TEXT));
    Schema after =
        Schema.of(
            Field.of("a", Type.DOUBLE), Field.of("empty", Type.DOUBLE), Field.of("b", Type.BOOL));
    BatchBuilder first = new BatchBuilder(before);
    BatchBuilder second = new BatchBuilder(after);
    for (int i = 0; i < 300; i++) {
      first.keys().append(i, i, 0, i, 0, (byte) 0);
      first.column(0).appendLong(i);
      first.column(1).appendText("x");
      first.column(2).appendNull();
      second.keys().append(i, i, 0, i, 0, (byte) 0);
      second.column(0).appendDouble(i + 0.25);
      second.column(1).appendDouble(i % 7);
      second.column(2).appendBool(i % 2 == 0);
    }
    DriftState a = DriftState.of(before, before.fields());
    a.add(first.build());
    DriftState b = DriftState.of(after, after.fields());
    b.add(second.build());
    List<Finding> findings = DriftComparison.compare(a, b, DriftRules.DEFAULT);
    assertThat(findings.subList(0, 4))
        .extracting(found -> found.field() + found.detail().changes())
        .containsExactly(
            "a[type_changed]",
            "empty[type_changed, was_empty]",
            "b[field_added]",
            "gone[field_removed]");
    assertThat(of(findings, "a", Measure.SHIFT).get(0).verdict()).isEqualTo(Verdict.STABLE);
    assertThat(of(findings, "empty", Measure.MISSING).get(0).isAlarm()).isTrue();
  }

  @Test
  void aChangeOfHowFieldsGoTogetherIsFoundWhereNoFieldChangesByItself() {
    Schema schema = Schema.of(Field.of("x", Type.DOUBLE), Field.of("y", Type.DOUBLE));
    List<DriftState> states = new ArrayList<>();
    for (double sign : new double[] {1, -1}) {
      SplittableRandom random = new SplittableRandom(5 + (long) sign);
      BatchBuilder builder = new BatchBuilder(schema);
      for (int i = 0; i < 4_000; i++) {
        long id = random.nextLong();
        builder.keys().append(Hash128.mix(id), id, 0, i, 0, (byte) 0);
        double x = random.nextGaussian();
        builder.column(0).appendDouble(x);
        builder.column(1).appendDouble(sign * x + random.nextGaussian());
      }
      DriftState state = DriftState.of(schema, schema.fields());
      state.add(builder.build());
      states.add(state);
    }
    List<Finding> findings =
        DriftComparison.compare(states.get(0), states.get(1), DriftRules.DEFAULT);
    assertThat(alarms(findings)).containsExactly(" domain");
    assertThat(of(findings, "", Measure.DOMAIN).get(0).effect()).isGreaterThan(0.8);
  }

  @Test
  void bucketsStayWithinTheLimitAndCountExactly() {
    ValueBuckets fine = new ValueBuckets();
    ValueBuckets parts = new ValueBuckets();
    SplittableRandom random = new SplittableRandom(3);
    for (int part = 0; part < 20; part++) {
      ValueBuckets one = new ValueBuckets();
      for (int i = 0; i < 5_000; i++) {
        double value = random.nextGaussian();
        fine.add(value, 1);
        one.add(value, 1);
      }
      parts.merge(one);
    }
    int[] buckets = {0};
    double[] below = {0, 0};
    ValueBuckets.forEach(
        fine,
        parts,
        (value, first, second) -> {
          buckets[0]++;
          assertThat(first).isEqualTo(second);
          below[0] += value < 0 ? first : 0;
          below[1] += first;
        });
    assertThat(buckets[0]).isBetween(ValueBuckets.LIMIT / 4, ValueBuckets.LIMIT);
    assertThat(below[1]).isEqualTo(100_000);
    assertThat(below[0]).isBetween(49_500.0, 50_500.0);
  }

  @Test
  void adjustedChancesAreThoseOfTheArticle() {
    double[] adjusted = FalseDiscovery.adjusted(new double[] {0.01, 0.04, 0.03, 0.005, 0.9});
    assertThat(adjusted)
        .containsExactly(new double[] {0.025, 0.05, 0.05, 0.025, 0.9}, Offset.offset(1e-15));
  }

  @Test
  void chancesAreThoseOfTables() {
    assertThat(Chances.chiSquaredThreshold(0.01, 9)).isBetween(21.6659, 21.6661);
    assertThat(Chances.kolmogorov(1.358)).isBetween(0.0499, 0.0501);
    assertThat(Chances.kolmogorov(1.628)).isBetween(0.0099, 0.0100);
    assertThat(Chances.kolmogorovThreshold(0.01)).isBetween(1.627, 1.628);
  }

  @Test
  void aLevelOutsideZeroAndOneIsRefused() {
    assertThatThrownBy(() -> DriftRules.DEFAULT.at(1))
        .hasMessage("alpha must be in (0, 1) (fraction); found: 1.0");
  }
}
