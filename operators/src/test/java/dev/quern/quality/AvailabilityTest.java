package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.Attempts;
import dev.quern.operator.Metric;
import dev.quern.statistics.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final Attempts NONE = Attempts.none("feed");

  private static Attempts at(String minute, Attempts attempts) {
    return attempts.of("source feed", "2026-11-27T10:" + minute + ":00.123456Z");
  }

  private static Metric part(List<Metric> metrics, String part) {
    return metrics.stream().filter(m -> m.part().equals(part)).findFirst().orElseThrow();
  }

  private static List<Attempts> log() {
    return List.of(
        at("00", NONE.succeededIn(5_000_000, 10).succeededIn(3_000_000_000L, 20)),
        at("10", NONE.failed("file_not_found", 1)),
        at("15", NONE.failed("io_socket_timeout", 2).succeeded(1, 5).retried(2)),
        at("30", NONE.succeededIn(20_000_000, 10)));
  }

  @Test
  void successesOfAllAttemptsAreCountedWithTheirReasons() {
    List<Metric> metrics = new Availability(Optional.of("feed")).metrics(log());
    assertThat(metrics.get(0).written()).isEqualTo("availability(feed)");
    assertThat(metrics.get(0).numerator()).isEqualTo(4);
    assertThat(metrics.get(0).denominator()).isEqualTo(7);
    assertThat(part(metrics, "retried").value()).contains(2.0 / 7);
    assertThat(part(metrics, "within_1s").value()).contains(2.0 / 3);
  }

  @Test
  void timesTellUptimeAndTheMeanTimesBetweenAndToRepair() {
    List<Metric> metrics = new Availability(Optional.empty()).metrics(log());
    Metric uptime = part(metrics, "uptime");
    // Up from :00 to :10, down from :10 to :30; what was in between two looks is not known.
    assertThat(uptime.value()).contains(10.0 / 30);
    assertThat(uptime.precision()).isEqualTo(Metric.Precision.ESTIMATED);
    assertThat(uptime.interval()).contains(new Interval(0, 25.0 / 30));
    assertThat(part(metrics, "mtbf").value()).contains(600.0);
    assertThat(part(metrics, "mttr").value()).contains(1200.0);
    assertThat(part(metrics, "mttr").unit()).isEqualTo("seconds");
  }

  @Test
  void withoutOutagesThereIsNoMeanTimeAndWithoutAttemptsNoValue() {
    List<Metric> good =
        new Availability(Optional.empty())
            .metrics(List.of(at("00", NONE.succeeded(1, 1)), at("09", NONE.succeeded(1, 1))));
    assertThat(part(good, "uptime").interval()).contains(Interval.exactly(1));
    assertThat(part(good, "mtbf").value()).isEmpty();
    assertThat(new Availability(Optional.empty()).metrics(List.of()))
        .allSatisfy(metric -> assertThat(metric.value()).as(metric.written()).isEmpty());
  }

  @Test
  void logsPutTogetherInAnyOrderAreTheLogOfAll() {
    List<Attempts> turned = new ArrayList<>(log());
    Collections.reverse(turned);
    assertThat(new Availability(Optional.empty()).metrics(turned))
        .isEqualTo(new Availability(Optional.empty()).metrics(log()));
    assertThat(log().get(0).plus(log().get(2)).durations()).containsExactly(1L, 0L, 0L, 1L, 0L, 0L);
    assertThat(log().get(2).plus(log().get(1)).failures())
        .hasToString("{file_not_found=1, io_socket_timeout=2}");
  }
}
