package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Metric;
import dev.quern.quality.Monotonicity.Direction;
import dev.quern.quality.Monotonicity.Ties;
import dev.quern.statistics.Distribution;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValueMetricsTest {
  private static final Optional<String> ALL = Optional.empty();
  private static final Batch LONGS = Tried.column("x", Type.LONG, 1L, 2L, 2L, null, 3L, 3L, 5L, 4L);
  private static final Batch TEXTS = Tried.column("a", Type.TEXT, "x", "y", "y", "z", "z", null);

  private static List<String> monotonicity(Direction direction, Ties ties) {
    return Tried.metrics(new Monotonicity("x", direction, ties, ALL), LONGS);
  }

  @Test
  void orderIsThatOfTheSamplesWhoeverSawThem() {
    // The trial folds the second half of the samples first.
    assertThat(monotonicity(Direction.INCREASING, Ties.ALLOWED))
        .containsExactly("monotonicity(x) = " + 6.0 / 7);
    assertThat(monotonicity(Direction.INCREASING, Ties.REFUSED))
        .containsExactly("monotonicity(x) = " + 4.0 / 7);
    assertThat(monotonicity(Direction.DECREASING, Ties.ALLOWED))
        .containsExactly("monotonicity(x) = " + 4.0 / 7);
    assertThatThrownBy(
            () ->
                new Monotonicity("a", Direction.INCREASING, Ties.ALLOWED, ALL)
                    .check(TEXTS.schema()))
        .isInstanceOf(BindException.class)
        .hasMessage(
            "must name fields that are numbers, dates, timestamps or bools; found: a, text");
  }

  private static double overlap(Batch batch, Overlap.Over over, Object... set) {
    String field = batch.schema().field(0).name();
    return Tried.measured(new Overlap(field, List.of(set), over, ALL), batch)
        .get(0)
        .value()
        .orElseThrow();
  }

  @Test
  void overlapIsOverTheFieldTheSetOrBoth() {
    assertThat(overlap(LONGS, Overlap.Over.FIELD, 1L, 2L, 9L)).isEqualTo(2.0 / 5);
    assertThat(overlap(LONGS, Overlap.Over.SET, 1L, 2L, 9L)).isEqualTo(2.0 / 3);
    assertThat(overlap(LONGS, Overlap.Over.BOTH, 1L, 2L, 9L)).isEqualTo(2.0 / 6);
    assertThat(overlap(TEXTS, Overlap.Over.BOTH, "z", "y", "x", "x")).isEqualTo(1);
    assertThat(Tried.metrics(new Overlap("x", List.of(), Overlap.Over.SET, ALL), LONGS))
        .containsExactly("overlap(x) = none");
  }

  @Test
  void modesAreCountedInASetOrAll() {
    assertThat(Tried.metrics(new Modes("a", Optional.empty(), ALL), TEXTS))
        .containsExactly("modes(a) = 2.0");
    assertThat(Tried.metrics(new Modes("a", Optional.of(List.of("y", "x")), ALL), TEXTS))
        .containsExactly("modes(a) = 1.0");
    Batch none = Tried.column("a", Type.TEXT, null, null);
    assertThat(Tried.metrics(new Modes("a", Optional.empty(), ALL), none))
        .containsExactly("modes(a) = none");
  }

  private static Divergence divergence(String field, Object... partition) {
    Object[] params = new Object[partition.length + 2];
    params[0] = "field";
    params[1] = field;
    System.arraycopy(partition, 0, params, 2, partition.length);
    return Tried.operator(Divergence.class, Divergence.SPEC, params);
  }

  private static double first(List<Metric> metrics) {
    return metrics.get(0).value().orElseThrow();
  }

  @Test
  void divergenceIsThatOfTheFormula() {
    Batch texts = Tried.column("a", Type.TEXT, "a", "a", "b", "c");
    Divergence expected =
        divergence("a", "values", List.of("a", "b"), "weights", List.of(6L, 4L), "unexpected", 0.1);
    double formula =
        0.5 * Math.log(0.5 / 0.54) + 0.25 * Math.log(0.25 / 0.36) + 0.25 * Math.log(0.25 / 0.1);
    assertThat(first(Tried.measured(expected, texts))).isCloseTo(formula, within(1e-15));
    assertThat(Tried.metrics(expected, texts))
        .contains(
            "divergence(a)[1] = 0.5", "divergence(a)[2] = 0.25", "divergence(a)[others] = 0.25");
    Divergence strict = divergence("a", "values", List.of("a", "b"), "weights", List.of(6L, 4L));
    assertThat(first(Tried.measured(strict, texts))).isInfinite();
  }

  @Test
  void binsHoldTheirLowerEndsAndTheLastBothEnds() {
    Batch doubles =
        Tried.column("x", Type.DOUBLE, 0.0, -0.0, 1.0, 2.0, 2.1, -0.1, null, Double.NaN);
    Divergence expected =
        divergence(
            "x",
            "bins",
            List.of(0L, 1L, 2.0),
            "weights",
            List.of(1L, 0L),
            "empty",
            0.5,
            "unexpected",
            0.5);
    assertThat(Tried.metrics(expected, doubles).subList(1, 5))
        .containsExactly(
            "divergence(x)[below] = " + 1.0 / 6,
            "divergence(x)[1] = " + 2.0 / 6,
            "divergence(x)[2] = " + 2.0 / 6,
            "divergence(x)[above] = " + 1.0 / 6);
    double formula =
        2 * (1.0 / 6) * Math.log(1.0 / 6 / 0.25) + 2 * (2.0 / 6) * Math.log(2.0 / 6 / 0.25);
    assertThat(first(Tried.measured(expected, doubles))).isCloseTo(formula, within(1e-15));
  }

  @Test
  void partitionsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> divergence("a", "weights", List.of(1L)))
        .hasMessage("values or bins must be given; found: none");
    assertThatThrownBy(() -> divergence("a", "values", List.of("x"), "weights", List.of(1L, 2L)))
        .hasMessage("weights must be one for each value or bin, 1; found: 2");
    assertThatThrownBy(
            () -> divergence("a", "values", List.of("x"), "weights", List.of(1L), "empty", 0.1))
        .hasMessage("tail_weights and empty must stand with bins; found: values");
    assertThatThrownBy(
            () ->
                divergence(
                    "a",
                    "bins",
                    List.of(0L, 1L),
                    "weights",
                    List.of(1L),
                    "tail_weights",
                    List.of(1L, 1L),
                    "unexpected",
                    0.1))
        .hasMessage("unexpected must stand without tail_weights; found: both");
    assertThatThrownBy(
            () ->
                divergence("a", "values", List.of("x", "x"), "weights", List.of(1L, 2L))
                    .check(TEXTS.schema()))
        .isInstanceOf(BindException.class)
        .hasMessage("must name each value once; found: 1 of 2");
    assertThatThrownBy(() -> divergence("a", "bins", List.of(1L, 1L), "weights", List.of(1L)))
        .hasMessageContaining("a list of at least two ascending numbers");
    assertThatThrownBy(() -> divergence("a", "values", List.of("x"), "weights", List.of(0L)))
        .hasMessageContaining("a list of numbers >= 0, one of them > 0");
  }

  @Test
  void theTestOfPearsonTellsTheChanceAndTheStatistic() {
    ChiSquare expected =
        Tried.operator(
            ChiSquare.class,
            ChiSquare.SPEC,
            "field",
            "a",
            "values",
            List.of("x", "y", "z"),
            "weights",
            List.of(1L, 1L, 1L));
    // Found 1, 2, 2 of 5: χ² = (4/9 + 1/9 + 1/9) / (5/3) = 0.4; two degrees of freedom: e^-0.2.
    List<Metric> metrics = Tried.measured(expected, TEXTS);
    assertThat(metrics.get(1).value().orElseThrow()).isCloseTo(0.4, within(1e-15));
    assertThat(first(metrics)).isCloseTo(Math.exp(-0.2), within(1e-14));
    Batch other = Tried.column("a", Type.TEXT, "w", "x");
    assertThat(first(Tried.measured(expected, other))).isZero();
    Batch none = Tried.column("a", Type.TEXT, null, null);
    assertThat(Tried.metrics(expected, none))
        .containsExactly("chi_square(a) = none", "chi_square(a)[statistic] = none");
  }

  @Test
  void theTestOfKolmogorovAndSmirnovTellsTheDistance() {
    KolmogorovSmirnov uniform =
        new KolmogorovSmirnov("x", Distribution.UNIFORM, List.of(0.0, 10.0), ALL);
    // Of 7 values 5 are at most 3, where 0.3 is expected.
    List<Metric> metrics = Tried.measured(uniform, LONGS);
    assertThat(metrics.get(1).value().orElseThrow()).isCloseTo(0.5, within(1e-15));
    assertThat(first(metrics)).isBetween(0.02, 0.06);
    assertThat(metrics.get(0).precision()).isEqualTo(Metric.Precision.ESTIMATED);
    assertThatThrownBy(
            () -> new KolmogorovSmirnov("x", Distribution.NORMAL, List.of(0.0, 0.0), ALL))
        .hasMessage("parameters must be mean, deviation > 0; found: [0.0, 0.0]");
    assertThatThrownBy(() -> new KolmogorovSmirnov("x", Distribution.BETA, List.of(1.0), ALL))
        .hasMessage("parameters must be alpha > 0, beta > 0, least, width > 0; found: [1.0]");
  }
}
