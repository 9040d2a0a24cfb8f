package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
  /** Expected values were computed with scipy 1.17.1, which agrees to 15 digits. */
  @ParameterizedTest
  @CsvSource({
    "NORMAL, 0 1, -1.96, 0.024997895148220435",
    "NORMAL, 10 2, 13.5, 0.9599408431361829",
    "NORMAL, 0 1, -8, 6.22096057427174e-16",
    "UNIFORM, -5 11, 3, 0.5",
    "EXPONENTIAL, 4.2 10, 9.5, 0.4113950303216448",
    "EXPONENTIAL, 4.2 10, 4, 0.0",
    "GAMMA, 2 20 3, 24.5, 0.4421745996289252",
    "GAMMA, 0.3 0 1, 0.01, 0.27924099635901484",
    "GAMMA, 50 0 1, 70, 0.994859497541494",
    "CHI_SQUARE, 30 3 5, 180, 0.7716226544760353",
    "CHI_SQUARE, 1 0 1, 0.001, 0.02522712063003961",
    "BETA, 0.5 10 5 11, 5.85, 0.789648345705326",
    "BETA, 2 3 0 1, 0.4, 0.5247999999999999",
    "BETA, 200 300 0 1, 0.41, 0.677628164772179"
  })
  void agreesWithTheReference(String family, String parameters, double x, double expected) {
    List<Double> p = new ArrayList<>();
    for (String one : parameters.split(" ")) {
      p.add(Double.valueOf(one));
    }
    Distribution distribution = Distribution.valueOf(family);
    assertThat(distribution.fits(p)).isTrue();
    assertThat(distribution.below(p, x)).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 2, 0.8187307530779818",
    "3.84, 1, 0.05004352124870519",
    "40, 30, 0.10486428110798468",
    "250, 200, 0.009379131668826098",
    "242.0, 2, 2.8207700884601463e-53",
    "0.001, 9, 1.0"
  })
  void chancesOfChiSquareAgreeWithTheReference(double statistic, int freedom, double expected) {
    assertThat(Distribution.chiSquareAbove(statistic, freedom))
        .isCloseTo(expected, within(1e-12 * Math.max(expected, 1e-3)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 7, 0.03839174153626465",
    "0.3, 10, 0.27053557479999946",
    "0.1, 100, 0.2526927570063874",
    "0.05, 500, 0.15866260223815387",
    "0.08, 500, 0.0031305058199356268",
    "0.2, 4, 0.98785",
    "0.02, 1000, 0.8108971656895577"
  })
  void chancesOfKolmogorovAreNearTheExactOnes(double distance, int n, double expected) {
    assertThat(Distribution.kolmogorovAbove(distance, n)).isCloseTo(expected, within(0.01));
  }

  @Test
  void parametersMustBeAsManyAndAsLargeAsTheFamilyHas() {
    assertThat(Distribution.NORMAL.fits(List.of(0.0))).isFalse();
    assertThat(Distribution.NORMAL.fits(List.of(0.0, 0.0))).isFalse();
    assertThat(Distribution.UNIFORM.fits(List.of(1.0, 1.0))).isFalse();
    assertThat(Distribution.GAMMA.fits(List.of(0.0, 0.0, 1.0))).isFalse();
    assertThat(Distribution.BETA.fits(List.of(1.0, 0.0, 0.0, 1.0))).isFalse();
    assertThat(Distribution.CHI_SQUARE.fits(List.of(2.0, -1.0, 1.0))).isTrue();
  }
}
