package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Test
  void roundsTheExactSumOnce() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      ExactSum sum = new ExactSum();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 40; i++) {
        double value = Double.longBitsToDouble(random.nextLong());
        if (Double.isNaN(value) || Double.isInfinite(value) || Math.abs(value) > 1e305) {
          continue;
        }
        sum.add(value);
        exact = exact.add(new BigDecimal(value));
      }
      assertThat(sum.value()).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void losesNothingToCancellation() {
    ExactSum sum = new ExactSum();
    for (double value : new double[] {1e308, 1, Double.MIN_VALUE, -1e308, -1}) {
      sum.add(value);
    }
    assertThat(sum.value()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void survivesAnIntermediateSumBeyondTheRangeOfDoubles() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 10; i++) {
      sum.add(Double.MAX_VALUE);
    }
    assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
    for (int i = 0; i < 9; i++) {
      sum.add(-Double.MAX_VALUE);
    }
    assertThat(sum.value()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void roundsHalfwayToEven() {
    ExactSum even = new ExactSum();
    even.add(0x1.0p53);
    even.add(1.0);
    assertThat(even.value()).isEqualTo(0x1.0p53);
    ExactSum up = new ExactSum();
    up.add(0x1.0p53 + 2);
    up.add(1.0);
    assertThat(up.value()).isEqualTo(0x1.0p53 + 4);
    up.add(-Double.MIN_VALUE);
    assertThat(up.value()).isEqualTo(0x1.0p53 + 2);
  }

  @Test
  void addsWholeNumbersExactly() {
    ExactSum sum = new ExactSum();
    sum.add(Long.MAX_VALUE);
    sum.add(-Long.MAX_VALUE);
    sum.add(Long.MIN_VALUE);
    sum.add(-7L);
    assertThat(sum.value()).isEqualTo(-0x1.0p63);
    sum.add(Long.MAX_VALUE);
    assertThat(sum.value()).isEqualTo(-8.0);
  }

  @Test
  void specialValuesDecideAsInIeee754() {
    ExactSum sum = new ExactSum();
    sum.add(1.0);
    sum.add(Double.POSITIVE_INFINITY);
    assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
    sum.add(Double.NEGATIVE_INFINITY);
    assertThat(sum.value()).isNaN();
  }

  @Test
  void isZeroWithoutValues() {
    assertThat(new ExactSum().value()).isZero();
  }
}
