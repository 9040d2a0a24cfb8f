package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Metric;
import dev.quern.operator.SampleJudge;
import dev.quern.statistics.Interval;
import dev.quern.trial.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static Latency latency(String limit) {
    return Tried.operator(
        Latency.class, Latency.SPEC, "field", "at", "arrived", "seen", "limit", limit);
  }

  private static Batch batch(Type type, @Nullable Object[]... rows) {
    return Tried.batch(Tried.schema("at", type, "seen", type), rows);
  }

  @Test
  void samplesAreInTimeUpToTheLimit() {
    Object[][] rows = new Object[100][];
    for (int i = 0; i < 100; i++) {
      rows[i] = new Object[] {1000L, 1001L + i};
    }
    assertThat(Tried.metrics(latency("90s"), batch(Type.LONG, rows)))
        .containsExactly(
            "latency(at, seen) = 0.9",
            "latency(at, seen)[p50] = 50.0",
            "latency(at, seen)[p95] = 95.0",
            "latency(at, seen)[p99] = 99.0",
            "latency(at, seen)[ahead] = 0.0");
  }

  @Test
  void clocksMayDifferAndTimesMayBeMissing() {
    Batch batch =
        batch(
            Type.TIMESTAMP,
            new Object[] {
              Instant.parse("2026-01-01T00:00:00.5Z"), Instant.parse("2026-01-01T00:00:00Z")
            },
            new @Nullable Object[] {Instant.parse("2026-01-01T00:00:00Z"), null},
            new @Nullable Object[] {null, Instant.parse("2026-01-01T00:00:00Z")});
    assertThat(Tried.metrics(latency("1s"), batch))
        .containsExactly(
            "latency(at, seen) = 1.0",
            "latency(at, seen)[p50] = -0.5",
            "latency(at, seen)[p95] = -0.5",
            "latency(at, seen)[p99] = -0.5",
            "latency(at, seen)[ahead] = 1.0");
  }

  @Test
  void ofManyLatenciesQuantilesHaveBoundsAndFractionsAreExact() {
    Object[][] rows = new Object[200_000][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new Object[] {0L, (long) i * 7919 % 200_000};
    }
    List<Metric> metrics = Tried.measured(latency("100000s"), batch(Type.LONG, rows));
    assertThat(metrics.get(0).numerator()).isEqualTo(100_001);
    Metric median = metrics.get(1);
    assertThat(median.precision()).isEqualTo(Metric.Precision.ESTIMATED);
    Interval bounds = median.interval().orElseThrow();
    assertThat(bounds.low()).isLessThanOrEqualTo(99_999);
    assertThat(bounds.high()).isGreaterThanOrEqualTo(99_999);
    assertThat(bounds.high() - bounds.low()).isLessThan(10);
  }

  @Test
  void theFarthestTimesAreLateAndNotTheReverse() {
    Batch batch = batch(Type.LONG, new Object[] {Long.MIN_VALUE, Long.MAX_VALUE});
    assertThat(Tried.metrics(latency("1w"), batch).get(0)).isEqualTo("latency(at, seen) = 0.0");
  }

  @Test
  void lateSamplesFailAndThoseWithoutTimesAreLeftOut() {
    Batch batch =
        batch(
            Type.LONG,
            new Object[] {0L, 5L},
            new Object[] {0L, 11L},
            new @Nullable Object[] {0L, null});
    List<String> found = new ArrayList<>();
    latency("10s")
        .judge(batch.schema(), new Fit(Map.of()), Tried.STEP)
        .judge(
            batch,
            new SampleJudge.Findings() {
              @Override
              public void fail(int row, Finding finding) {
                found.add(row + " " + finding.reason());
              }

              @Override
              public void notApplicable(int row) {
                found.add(row + " left out");
              }
            });
    assertThat(found).containsExactly("1 late", "2 left out");
  }

  @Test
  void fieldsMustHoldTimesAndLimitsAreDurations() {
    assertThatThrownBy(() -> latency("1s").check(Tried.schema("at", Type.LONG, "seen", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("timestamps, dates or longs (seconds since 1970)");
    assertThatThrownBy(() -> latency("soon"))
        .hasMessageContaining("a whole number and a unit of s, m, h, d or w");
    assertThat(latency("2m")).isEqualTo(new Latency("at", "seen", 120_000_000, Optional.empty()));
  }
}
