package dev.quern.privacy.anonymity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published examples of models, and how hierarchies make values coarser. */
class ModelsTest {
  private static final double[] SALARIES = shares(9, 0, 1, 2, 3, 4, 5, 6, 7, 8);

  private static double[] shares(int values, int... held) {
    double[] shares = new double[values];
    for (int value : held) {
      shares[value] += 1.0 / held.length;
    }
    return shares;
  }

  @Test
  void distancesOfSalariesAreThoseOfThePaper() {
    TCloseness.Ordered distance = new TCloseness.Ordered(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(distance.between(shares(9, 0, 1, 2), SALARIES)).isCloseTo(0.375, within(1e-12));
    assertThat(distance.between(shares(9, 3, 5, 8), SALARIES)).isCloseTo(1.0 / 6, within(1e-12));
  }

  @Test
  void aTreeMakesNeighboursNearer() {
    TableHierarchy tree =
        new TableHierarchy(
            List.of(
                List.of("a", "ab", "*"),
                List.of("b", "ab", "*"),
                List.of("c", "cd", "*"),
                List.of("d", "cd", "*")));
    Levels levels = Levels.of(tree, new String[] {null, "a", "b", "c", "d"});
    TCloseness.Distance distance = new TCloseness.Hierarchical(levels);
    double[] half = shares(5, 1, 3);
    assertThat(distance.between(half, shares(5, 2, 4))).isCloseTo(0.5, within(1e-12));
    assertThat(distance.between(shares(5, 1), shares(5, 2))).isCloseTo(0.5, within(1e-12));
    assertThat(distance.between(shares(5, 1), shares(5, 3))).isCloseTo(1, within(1e-12));
    assertThat(new TCloseness.Equal().between(shares(5, 1), shares(5, 2))).isEqualTo(1);
  }

  @Test
  void diversityIsExactAtItsLimit() {
    long[] even = {0, 7, 7, 7};
    assertThat(new LDiversity(0, LDiversity.Kind.ENTROPY, 3, 0).holds(even, 21)).isTrue();
    assertThat(new LDiversity(0, LDiversity.Kind.ENTROPY, 3.001, 0).holds(even, 21)).isFalse();
    assertThat(new LDiversity(0, LDiversity.Kind.DISTINCT, 3, 0).holds(even, 21)).isTrue();
    assertThat(new LDiversity(0, LDiversity.Kind.DISTINCT, 4, 0).holds(even, 21)).isFalse();
    long[] skew = {6, 3, 2};
    assertThat(new LDiversity(0, LDiversity.Kind.RECURSIVE, 2, 1.2).holds(skew, 11)).isFalse();
    assertThat(new LDiversity(0, LDiversity.Kind.RECURSIVE, 2, 1.21).holds(skew, 11)).isTrue();
    assertThat(new LDiversity(0, LDiversity.Kind.RECURSIVE, 4, 9).holds(skew, 11)).isFalse();
  }

  @Test
  void intervalsGrowWithoutRounding() {
    IntervalHierarchy ages =
        new IntervalHierarchy(List.of(new BigDecimal("0.1"), new BigDecimal("1")), BigDecimal.ZERO);
    assertThat(ages.at("0.3", 1)).isEqualTo("[0.3, 0.4)");
    assertThat(ages.at("-0.05", 2)).isEqualTo("[-1, 0)");
    assertThat(ages.at("x", 1)).isNull();
    assertThat(ages.at("7", 3)).isEqualTo("*");
    assertThat(ages.missingAt(2)).isNull();
    assertThat(ages.missingAt(3)).isEqualTo("*");
    assertThatThrownBy(
            () ->
                new IntervalHierarchy(
                    List.of(new BigDecimal(2), new BigDecimal(3)), BigDecimal.ZERO))
        .hasMessage(
            "widths of intervals must be above 0, each a multiple of the one before; found: [2, 3]");
  }

  @Test
  void charactersAreMaskedFromEitherSide() {
    MaskHierarchy end = new MaskHierarchy(3, MaskHierarchy.From.END);
    assertThat(end.at("81667", 2)).isEqualTo("816**");
    assertThat(end.at("杭州", 1)).isEqualTo("杭*");
    assertThat(end.at("8", 3)).isEqualTo("*");
    assertThat(new MaskHierarchy(3, MaskHierarchy.From.START).at("81667", 2)).isEqualTo("**667");
  }

  @Test
  void datesBecomePartsOfTheCalendar() {
    DateHierarchy dates =
        new DateHierarchy(
            List.of(
                DateHierarchy.Unit.MONTH,
                DateHierarchy.Unit.QUARTER,
                DateHierarchy.Unit.YEAR,
                DateHierarchy.Unit.DECADE));
    assertThat(dates.at("2026-11-27", 1)).isEqualTo("2026-11");
    assertThat(dates.at("2026-11-27T10:00:00Z", 2)).isEqualTo("2026-Q4");
    assertThat(dates.at("2026-11-27", 4)).isEqualTo("2020s");
    assertThat(dates.at("2026-13-27", 1)).isNull();
  }

  @Test
  void aHierarchyMustNest() {
    assertThatThrownBy(
            () -> new TableHierarchy(List.of(List.of("a", "x", "1"), List.of("b", "x", "2"))))
        .hasMessage(
            "values that are one at a level of a hierarchy must be one above; found: two at level 2,"
                + " line 2");
    OrderHierarchy sizes = new OrderHierarchy(List.of("S", "M", "L", "XL", "XXL"), List.of(2));
    assertThat(sizes.at("M", 1)).isEqualTo("S–M");
    assertThat(sizes.at("XXL", 1)).isEqualTo("XXL");
  }

  @Test
  void withoutUniqueSamplesNobodyIsUniqueInThePopulation() {
    assertThat(new PopulationUniqueness(new long[] {2, 3, 4}, 0.05).dankar()).isZero();
    assertThat(new PopulationUniqueness(new long[] {1, 1, 1}, 0.05).dankar()).isBetween(0.0, 1.0);
    assertThatThrownBy(() -> new PopulationUniqueness(new long[] {1}, 0))
        .hasMessage("fraction must be in (0, 1] (sampled part of the population); found: 0.0");
  }
}
