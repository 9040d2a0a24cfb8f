package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.trial.Tried;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregatesTest {
  private static final Optional<String> ALL = Optional.empty();

  @Test
  void extremesAreThoseOfTheFiniteValues() {
    Batch doubles =
        Tried.column("x", Type.DOUBLE, 2.5, null, Double.NaN, Double.POSITIVE_INFINITY, -1.0, -0.5);
    assertThat(Tried.metrics(new Min("x", ALL), doubles)).containsExactly("min(x) = -1.0");
    assertThat(Tried.metrics(new Max("x", ALL), doubles)).containsExactly("max(x) = 2.5");
    Batch none = Tried.column("x", Type.LONG, null, null);
    assertThat(Tried.metrics(new Min("x", ALL), none)).containsExactly("min(x) = none");
    assertThat(Tried.metrics(new Max("x", ALL), none)).containsExactly("max(x) = none");
  }

  @Test
  void extremesOfTimesAreSeconds() {
    Batch days = Tried.column("d", Type.DATE, LocalDate.of(1970, 1, 3), LocalDate.EPOCH);
    assertThat(Tried.metrics(new Max("d", ALL), days)).containsExactly("max(d) = 172800.0");
    Batch moments =
        Tried.column("t", Type.TIMESTAMP, Instant.parse("2001-01-01T12:00:01.5Z"), null);
    assertThat(Tried.measured(new Min("t", ALL), moments).get(0))
        .satisfies(
            metric -> {
              assertThat(metric.value()).contains(978350401.5);
              assertThat(metric.unit()).isEqualTo("seconds since 1970-01-01T00:00Z");
            });
  }

  @Test
  void sumsAreExactBeforeOneRounding() {
    Batch doubles = Tried.column("x", Type.DOUBLE, 1e100, 0.1, -1e100, null, Double.NaN);
    assertThat(Tried.metrics(new Sum("x", ALL), doubles)).containsExactly("sum(x) = 0.1");
    Batch longs = Tried.column("x", Type.LONG, (1L << 53) + 1, 1L);
    assertThat(Tried.metrics(new Sum("x", ALL), longs))
        .containsExactly("sum(x) = " + (double) ((1L << 53) + 2));
    Batch bools = Tried.column("x", Type.BOOL, true, false, true, null);
    assertThat(Tried.metrics(new Sum("x", ALL), bools)).containsExactly("sum(x) = 2.0");
    Batch beyond = Tried.column("x", Type.DOUBLE, Double.MAX_VALUE, Double.MAX_VALUE);
    assertThat(Tried.metrics(new Sum("x", ALL), beyond)).containsExactly("sum(x) = none");
    assertThatThrownBy(() -> new Sum("x", ALL).check(Tried.schema("x", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessage("must name fields that are numbers or bools; found: x, text");
  }

  @Test
  void theMeanOfBoolsIsTheFractionOfTrue() {
    Batch bools = Tried.column("x", Type.BOOL, true, false, null, false, false);
    assertThat(Tried.metrics(new Mean("x", ALL), bools)).containsExactly("mean(x) = 0.25");
  }

  @Test
  void deviationsAreOfASampleOrAPopulation() {
    Batch longs = Tried.column("x", Type.LONG, 1L, 1L, 3L, null);
    assertThat(Tried.metrics(new Deviation("x", Deviation.Of.SAMPLE, ALL), longs))
        .containsExactly("deviation(x) = " + Math.sqrt(4.0 / 3));
    assertThat(Tried.metrics(new Deviation("x", Deviation.Of.POPULATION, ALL), longs))
        .containsExactly("deviation(x) = " + Math.sqrt(8.0 / 9));
    Batch one = Tried.column("x", Type.LONG, 7L);
    assertThat(Tried.metrics(new Deviation("x", Deviation.Of.SAMPLE, ALL), one))
        .containsExactly("deviation(x) = none");
    assertThat(Tried.metrics(new Deviation("x", Deviation.Of.POPULATION, ALL), one))
        .containsExactly("deviation(x) = 0.0");
  }

  @Test
  void zScoresAreComparedOnOneSideOrBoth() {
    Batch longs = Tried.column("x", Type.LONG, -10L, 0L, 0L, 0L, 0L, 0L, 1L, null);
    // Mean -9/7, deviation 3.86: z of -10 is -2.26, of 1 is 0.59.
    assertThat(Tried.metrics(new ZScores("x", 2, ZScores.Sides.BOTH, ALL), longs))
        .containsExactly("z_scores(x) = " + 6.0 / 7);
    assertThat(Tried.metrics(new ZScores("x", 2, ZScores.Sides.UPPER, ALL), longs))
        .containsExactly("z_scores(x) = 1.0");
    assertThat(Tried.metrics(new ZScores("x", 0.5, ZScores.Sides.UPPER, ALL), longs))
        .containsExactly("z_scores(x) = " + 6.0 / 7);
    Batch infinite = Tried.column("x", Type.DOUBLE, 1.0, 2.0, Double.NEGATIVE_INFINITY);
    assertThat(Tried.metrics(new ZScores("x", 2, ZScores.Sides.UPPER, ALL), infinite))
        .containsExactly("z_scores(x) = 1.0");
    Batch equal = Tried.column("x", Type.LONG, 1L, 1L);
    assertThat(Tried.metrics(new ZScores("x", 2, ZScores.Sides.BOTH, ALL), equal))
        .containsExactly("z_scores(x) = none");
  }

  @Test
  void whatAConditionLeavesOutIsNotMeasured() {
    Batch batch =
        Tried.batch(
            Tried.schema("x", Type.LONG, "g", Type.TEXT),
            new Object[] {1L, "a"},
            new Object[] {5L, "b"},
            new Object[] {3L, "a"},
            new Object[] {9L, null});
    Optional<String> a = Optional.of("g = 'a'");
    assertThat(Tried.metrics(new Max("x", a), batch)).containsExactly("max(x) = 3.0");
    assertThat(Tried.metrics(new Mean("x", a), batch)).containsExactly("mean(x) = 2.0");
    assertThat(Tried.metrics(new Count(a), batch)).containsExactly("count() = 2.0");
    assertThat(Tried.metrics(new Distinct(List.of("x"), a), batch))
        .containsExactly("distinct(x) = 2.0");
    assertThat(Tried.metrics(new Quantile("x", 1, Optional.of("g = 'c'")), batch))
        .containsExactly("quantile(x)[1.0] = none");
    assertThatThrownBy(() -> Tried.metrics(new Count(Optional.of("h = 1")), batch))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("column 1: ");
  }

  @Test
  void conditionsOverMissingValuesAreNotAsked() {
    Batch batch =
        Tried.batch(
            Tried.schema("a", Type.LONG, "b", Type.LONG),
            new Object[] {2L, 1L},
            new Object[] {1L, 2L},
            new Object[] {1L, null},
            new Object[] {null, null});
    assertThat(Tried.metrics(new Compliance("a > b", "condition_false", ALL), batch))
        .containsExactly("compliance(a, b) = 0.5");
    assertThat(
            Tried.metrics(new Compliance("COALESCE(a > b, FALSE)", "condition_false", ALL), batch))
        .containsExactly("compliance(a, b) = 0.25");
    assertThat(
            Tried.metrics(
                new Compliance("a > b", "condition_false", Optional.of("b IS NULL")), batch))
        .containsExactly("compliance(a, b) = none");
    assertThatThrownBy(() -> new Compliance("a + b", "condition_false", ALL).check(batch.schema()))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("condition must be");
  }

  @Test
  void fieldsAreCountedAndNamed() {
    Batch batch = Tried.batch(Tried.schema("a", Type.LONG, "b", Type.TEXT, "c", Type.BOOL));
    assertThat(Tried.metrics(new Fields(), batch)).containsExactly("fields() = 3.0");
    assertThat(match(batch, ALL_PLACES, FieldMatch.Others.ALLOWED, "c", "a")).isEqualTo(1);
    assertThat(match(batch, ALL_PLACES, FieldMatch.Others.ALLOWED, "c", "d")).isEqualTo(0.5);
    assertThat(match(batch, ALL_PLACES, FieldMatch.Others.REFUSED, "c", "a")).isEqualTo(2.0 / 3);
    assertThat(match(batch, Optional.of(1L), FieldMatch.Others.ALLOWED, "b", "c")).isEqualTo(1);
    assertThat(match(batch, Optional.of(0L), FieldMatch.Others.REFUSED, "a", "c", "b"))
        .isEqualTo(1.0 / 3);
  }

  private static final Optional<Long> ALL_PLACES = Optional.empty();

  private static double match(
      Batch batch, Optional<Long> first, FieldMatch.Others others, String... names) {
    return Tried.measured(new FieldMatch(List.of(names), first, others), batch)
        .get(0)
        .value()
        .orElseThrow();
  }
}
