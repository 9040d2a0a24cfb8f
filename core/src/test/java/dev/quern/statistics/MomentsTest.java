package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {

  @Test
  void varianceSurvivesALargeMean() {
    // Deviations -6, -3, 3, 6: population variance 90 / 4.
    assertThat(of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16).variance()).isEqualTo(22.5);
    assertThat(of(1e15 + 4, 1e15 + 7, 1e15 + 13, 1e15 + 16).mean()).isEqualTo(1e15 + 10);
  }

  @Test
  void equalsExactArithmetic() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      int n = 1 + random.nextInt(30);
      double[] values = new double[n];
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int i = 0; i < n; i++) {
        values[i] = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
        BigDecimal exact = new BigDecimal(values[i]);
        sum = sum.add(exact);
        squares = squares.add(exact.multiply(exact));
      }
      BigDecimal count = BigDecimal.valueOf(n);
      MathContext digits = new MathContext(60);
      Moments moments = of(values);
      assertThat(moments.mean()).isEqualTo(sum.divide(count, digits).doubleValue());
      assertThat(moments.variance())
          .isEqualTo(
              squares
                  .multiply(count)
                  .subtract(sum.multiply(sum))
                  .divide(count.multiply(count), digits)
                  .doubleValue());
    }
  }

  @Test
  void aConstantHasNoDeviation() {
    assertThat(of(0.1, 0.1, 0.1).deviation()).isZero();
    assertThat(of(0.1, 0.1, 0.1).mean()).isEqualTo(0.1);
  }

  @Test
  void infiniteAndNanValuesTeachNothing() {
    Moments moments = of(1, Double.NaN, 3, Double.POSITIVE_INFINITY);
    assertThat(moments.count()).isEqualTo(2);
    assertThat(moments.ignored()).isEqualTo(2);
    assertThat(moments.mean()).isEqualTo(2);
    assertThat(moments.deviation()).isCloseTo(1, within(0.0));
  }

  @Test
  void withoutValuesThereIsNoMean() {
    assertThat(of().mean()).isNaN();
    assertThat(of().variance()).isNaN();
  }

  private static Moments of(double... values) {
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(value);
    }
    return moments;
  }
}
