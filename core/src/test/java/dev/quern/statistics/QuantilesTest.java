package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void quantilesInterpolateLinearly() {
    // numpy.quantile([1, 2, 4, 8], q), method linear.
    ExactQuantiles quantiles = of(8, 1, 4, 2);
    assertThat(quantiles.quantile(0)).isEqualTo(1);
    assertThat(quantiles.quantile(0.25)).isEqualTo(1.75);
    assertThat(quantiles.quantile(0.5)).isEqualTo(3);
    assertThat(quantiles.quantile(0.9)).isCloseTo(6.8, within(1e-14));
    assertThat(quantiles.quantile(1)).isEqualTo(8);
    assertThat(new ExactQuantiles().quantile(0.5)).isNaN();
  }

  @Test
  void everyRankIsTheSortedValue() {
    Random random = new Random(1);
    long[] values = random.longs(50_000, -500, 500).toArray();
    ExactQuantiles quantiles = new ExactQuantiles();
    for (long value : values) {
      quantiles.add(value);
    }
    Arrays.sort(values);
    for (int rank = 0; rank < values.length; rank += 37) {
      assertThat(quantiles.at(rank)).isEqualTo(values[rank]);
    }
    assertThat(quantiles.lowerMedian()).isEqualTo(values[24_999]);
  }

  @Test
  void aRankThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> of(1).at(1)).hasMessage("rank must be in [0, 1) (values); found: 1");
  }

  @Test
  void orderedBitsOrderAsDoublesDo() {
    double[] ordered = {
      Double.NEGATIVE_INFINITY,
      -1e300,
      -1,
      -Double.MIN_VALUE,
      0,
      Double.MIN_VALUE,
      1,
      1e300,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };
    for (int i = 0; i < ordered.length; i++) {
      assertThat(OrderedBits.toDouble(OrderedBits.of(ordered[i]))).isEqualTo((Double) ordered[i]);
      if (i > 0) {
        assertThat(OrderedBits.of(ordered[i])).isGreaterThan(OrderedBits.of(ordered[i - 1]));
      }
    }
    assertThat(OrderedBits.of(-0.0)).isEqualTo(OrderedBits.of(0.0));
  }

  @Test
  void theHistogramKeepsItsRelativeError() {
    Random random = new Random(5);
    double[] values = new double[10_001];
    LogHistogram histogram = new LogHistogram();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(random.nextGaussian() * 20) * (random.nextBoolean() ? 1 : -1);
      histogram.add(values[i]);
    }
    Arrays.sort(values);
    for (double fraction = 0; fraction <= 1; fraction += 0.05) {
      double exact = values[(int) ((values.length - 1) * fraction)];
      double found = histogram.quantile(fraction);
      assertThat(Math.abs(found - exact) / Math.abs(exact)).isLessThanOrEqualTo(0x1.0p-7);
    }
  }

  @Test
  void theHistogramTellsZeroAndInfinityExactly() {
    LogHistogram histogram = new LogHistogram();
    histogram.add(0);
    histogram.add(Double.POSITIVE_INFINITY);
    histogram.add(Double.NEGATIVE_INFINITY);
    histogram.add(Double.NaN);
    assertThat(histogram.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(histogram.quantile(0.5)).isZero();
    assertThat(histogram.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(histogram.nans()).isEqualTo(1);
  }

  private static ExactQuantiles of(double... values) {
    ExactQuantiles quantiles = new ExactQuantiles();
    for (double value : values) {
      quantiles.add(OrderedBits.of(value));
    }
    return quantiles;
  }
}
