package dev.quern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnomalyTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** One version every two days. */
  private static History history(double... values) {
    List<History.Past> past = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      past.add(new History.Past((i + 1) + "-x", BEGIN.plus(Duration.ofDays(2L * i)), values[i]));
    }
    return new History(past);
  }

  private static double distance(Anomaly.Kind kind, double value, double... values) {
    Instant moment = BEGIN.plus(Duration.ofDays(2L * values.length));
    return new Anomaly(kind, 1).distance(value, moment, history(values)).orElseThrow();
  }

  @Test
  void changesAreThoseFromTheVersionBefore() {
    assertThat(distance(Anomaly.Kind.THRESHOLD, 7)).isEqualTo(7);
    assertThat(distance(Anomaly.Kind.ABSOLUTE_CHANGE, 7, 100, 10)).isEqualTo(-3);
    assertThat(distance(Anomaly.Kind.RELATIVE_CHANGE, 7, 100, -10)).isEqualTo(1.7);
    assertThat(distance(Anomaly.Kind.RATE_OF_CHANGE, 7, 100, 10)).isEqualTo(-1.5);
  }

  @Test
  void whatNeverVariedIsInfinitelyFarFromAnythingElse() {
    for (Anomaly.Kind kind :
        List.of(Anomaly.Kind.ONLINE_NORMAL, Anomaly.Kind.BATCH_NORMAL, Anomaly.Kind.ROBUST)) {
      assertThat(distance(kind, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isZero();
      assertThat(distance(kind, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isInfinite();
    }
    assertThat(distance(Anomaly.Kind.RELATIVE_CHANGE, 0, 0)).isZero();
    assertThat(distance(Anomaly.Kind.RELATIVE_CHANGE, -1, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aNormalIsMeasuredInDeviationsOfTheSample() {
    // Mean 5, squared deviations 9 + 1·3 + 0·2 + 4 + 16 = 32, over 7.
    double deviation = Math.sqrt(32.0 / 7);
    assertThat(distance(Anomaly.Kind.BATCH_NORMAL, 9, 2, 4, 4, 4, 5, 5, 7, 9))
        .isEqualTo(4 / deviation, within(1e-12));
  }

  @Test
  void learningVersionByVersionLeavesOutWhatWasUnusual() {
    double[] steady = {10, 11, 9, 10, 11, 9, 10};
    double[] once = {10, 11, 9, 10, 500, 11, 9, 10};
    assertThat(distance(Anomaly.Kind.ONLINE_NORMAL, 14, once))
        .isEqualTo(distance(Anomaly.Kind.ONLINE_NORMAL, 14, steady), within(1e-12));
    assertThat(distance(Anomaly.Kind.BATCH_NORMAL, 14, once)).isNegative();
  }

  @Test
  void oneOutlierDoesNotMoveRobustBounds() {
    // Median 10, absolute deviations 0 0 1 1 1 1 490: their median is 1.
    assertThat(distance(Anomaly.Kind.ROBUST, 14, 10, 11, 9, 10, 11, 9, 500))
        .isEqualTo(4 / 1.4826, within(1e-12));
    // More than half are equal: mean absolute deviation 1/5 takes the place.
    assertThat(distance(Anomaly.Kind.ROBUST, 14, 10, 10, 10, 10, 11))
        .isEqualTo(4 / (0.2 * Math.sqrt(Math.PI / 2)), within(1e-12));
  }

  @Test
  void tooFewVersionsAreNoHistory() {
    for (Anomaly.Kind kind : Anomaly.Kind.values()) {
      int needs = new Anomaly(kind, 4).needs();
      if (needs > 0) {
        double[] few = new double[needs - 1];
        assertThat(new Anomaly(kind, 4).distance(1, BEGIN, history(few)))
            .as(kind.written())
            .isEqualTo(Optional.empty());
      }
    }
    assertThat(new Anomaly(Anomaly.Kind.HOLT_WINTERS, 7).needs()).isEqualTo(14);
  }

  /**
   * Quarterly values; forecast and squared errors by statsmodels 0.14, ExponentialSmoothing with
   * trend and season add, initialization known, and the factors given.
   */
  @Test
  void holtWintersForecastsAsStatsmodelsDoes() {
    double[] values = {
      30, 21, 29, 31, 40, 48, 53, 47, 37, 39, 31, 29, 17, 9, 20, 24, 27, 35, 41, 38
    };
    HoltWinters model = HoltWinters.with(values, 4, 0.3, 0.1, 0.2);
    assertThat(model.forecast()).isEqualTo(35.6212512864614, within(1e-9));
    assertThat(model.deviations(model.forecast() + 1))
        .isEqualTo(1 / Math.sqrt(3639.561388595645 / 19), within(1e-9));
  }

  @Test
  void aSeasonIsNoAnomalyAndABreakOfItIs() {
    double[] values = new double[28];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 + 2 * i + (i % 7 >= 5 ? 40 : 0) + (i * 7 % 5 - 2);
    }
    HoltWinters model = HoltWinters.fitted(values, 7);
    double next = 100 + 2 * 28;
    assertThat(Math.abs(model.deviations(next))).isLessThan(3);
    assertThat(model.deviations(next + 40)).isGreaterThan(3);
  }
}
