package dev.quern.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How often comparisons alarm without change and with one. {@code -Dquern.drift.simulations=10000}
 * makes as many as the figures of {@code bench/RESULTS.md} rest on.
 */
class DriftSimulationTest {
  private static final double ALPHA = 0.01;
  private static final int SIMULATIONS = Integer.getInteger("quern.drift.simulations", 200);
  private static final double[] SHARES = {0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.04, 0.01};

  private static ValueBuckets normal(int n, double mean, SplittableRandom random) {
    ValueBuckets buckets = new ValueBuckets();
    for (int i = 0; i < n; i++) {
      buckets.add(mean + random.nextGaussian(), 1);
    }
    return buckets;
  }

  /** Whole numbers of a few dozen values, as ages or counts are. */
  private static ValueBuckets whole(int n, SplittableRandom random) {
    ValueBuckets buckets = new ValueBuckets();
    for (int i = 0; i < n; i++) {
      buckets.add(Math.rint(40 + 12 * random.nextGaussian()), 1);
    }
    return buckets;
  }

  private static CategoryCounts categories(int n, SplittableRandom random) {
    long[] counts = new long[SHARES.length];
    for (int i = 0; i < n; i++) {
      double draw = random.nextDouble();
      int category = 0;
      while (category < SHARES.length - 1 && draw >= SHARES[category]) {
        draw -= SHARES[category++];
      }
      counts[category]++;
    }
    CategoryCounts found = new CategoryCounts();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        found.add("category " + i, counts[i]);
      }
    }
    return found;
  }

  private static double psi(NumberComparison found) {
    NumberComparison.Stability stability = found.stability();
    double scale = 1.0 / found.reference() + 1.0 / found.current();
    return Chances.chiSquared(stability.index() / scale, stability.freedom());
  }

  private static <S> double rate(
      String what, int n, IntFunction<S> drawn, ToDoubleFunction<S> chance) {
    int alarms = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
      alarms += chance.applyAsDouble(drawn.apply(i)) <= ALPHA ? 1 : 0;
    }
    double rate = (double) alarms / SIMULATIONS;
    System.out.println(
        String.format(Locale.ROOT, "%-32s n = m = %6d  %.4f of %d", what, n, rate, SIMULATIONS));
    return rate;
  }

  /** 1.5 %, and what the number of simulations leaves to chance: three standard deviations. */
  private static double most() {
    return 0.015 + 3 * Math.sqrt(ALPHA * (1 - ALPHA) / SIMULATIONS) * (SIMULATIONS < 5000 ? 1 : 0);
  }

  @Test
  void equalSourcesAlarmAsOftenAsTheLevelSays() {
    for (int n : new int[] {200, 1_000, 10_000}) {
      IntFunction<NumberComparison> numbers =
          i -> {
            SplittableRandom random = new SplittableRandom(1_000_003L * n + i);
            return NumberComparison.of(normal(n, 0, random), normal(n, 0, random));
          };
      assertThat(rate("normal, PSI", n, numbers, DriftSimulationTest::psi)).isLessThan(most());
      assertThat(rate("normal, KS", n, numbers, NumberComparison::distanceChance))
          .isLessThan(most());
      IntFunction<NumberComparison> whole =
          i -> {
            SplittableRandom random = new SplittableRandom(7_000_003L * n + i);
            return NumberComparison.of(whole(n, random), whole(n, random));
          };
      assertThat(rate("whole numbers, PSI", n, whole, DriftSimulationTest::psi)).isLessThan(most());
      assertThat(rate("whole numbers, KS", n, whole, NumberComparison::distanceChance))
          .isLessThan(most());
      IntFunction<CategoryComparison> categories =
          i -> {
            SplittableRandom random = new SplittableRandom(9_000_003L * n + i);
            return CategoryComparison.of(
                categories(n, random).counts(), categories(n, random).counts());
          };
      assertThat(
              rate(
                  "categories, chi-squared",
                  n,
                  categories,
                  found -> Chances.chiSquared(found.chi(), found.freedom())))
          .isLessThan(most());
    }
  }

  @Test
  void aShiftOfATenthOfADeviationIsFoundAmongTenThousand() {
    int n = 10_000;
    double found =
        rate(
            "shift of 0.1 sd, KS and floor",
            n,
            i -> {
              SplittableRandom random = new SplittableRandom(11_000_003L + i);
              return NumberComparison.of(normal(n, 0, random), normal(n, 0.1, random));
            },
            shifted ->
                shifted.shift() >= DriftRules.DEFAULT.shift() ? shifted.distanceChance() : 1);
    assertThat(found).isGreaterThanOrEqualTo(0.9);
  }
}
