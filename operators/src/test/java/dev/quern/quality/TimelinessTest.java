package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.statistics.CoarseCounts;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelinessTest {
  private static final long SECOND = 1_000_000;

  private static Timeliness timeliness(long ttlSeconds, Optional<Long> asOf, double exponent) {
    return new Timeliness("at", ttlSeconds * SECOND, asOf, exponent);
  }

  @Test
  void agesAreToldOfTheNewestSampleWhereNoMomentIsGiven() {
    Batch batch = Tried.column("at", Type.LONG, 100L, 90L, 89L, null);
    assertThat(Tried.metrics(timeliness(10, Optional.empty(), 1), batch))
        .containsExactly(
            "timeliness(at) = " + 2.0 / 3,
            "timeliness(at)[currency] = " + 1.0 / 3,
            "freshness(at) = 0.0");
  }

  @Test
  void currencyFallsBySteepnessAndStaysInBounds() {
    Batch batch = Tried.column("at", Type.LONG, 95L, 200L, 0L);
    assertThat(Tried.metrics(timeliness(10, Optional.of(100 * SECOND), 2), batch))
        .containsExactly(
            "timeliness(at) = " + 2.0 / 3,
            "timeliness(at)[currency] = " + 1.25 / 3,
            "freshness(at) = -100.0",
            "timeliness(at)[ahead] = " + 1.0 / 3);
  }

  @Test
  void datesAndTimestampsAreTimesToo() {
    Batch dates =
        Tried.column(
            "at",
            Type.DATE,
            LocalDate.parse("2022-01-08"),
            LocalDate.parse("2022-01-07"),
            LocalDate.parse("2019-04-14"));
    assertThat(Tried.metrics(timeliness(86_400, Optional.empty(), 1), dates).get(0))
        .isEqualTo("timeliness(at) = " + 2.0 / 3);
    Batch times =
        Tried.column(
            "at",
            Type.TIMESTAMP,
            Instant.parse("2022-01-08T00:00:01Z"),
            Instant.parse("2022-01-08T00:00:00Z"));
    assertThat(Tried.metrics(timeliness(1, Optional.empty(), 1), times).get(0))
        .isEqualTo("timeliness(at) = 1.0");
  }

  @Test
  void theStateTellsOfALaterMomentWithoutTheSamples() throws IOException {
    Batch batch = Tried.column("at", Type.LONG, 100L, 90L, 50L);
    EventTimes state = timeliness(10, Optional.empty(), 1).zero(batch.schema(), Tried.STEP);
    state.add(batch);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    Timeliness later = timeliness(10, Optional.of(109 * SECOND), 1);
    EventTimes stored =
        later.read(
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
            batch.schema(),
            Tried.STEP);
    assertThat(later.metrics(stored, batch.schema())).isEqualTo(Tried.measured(later, batch));
    assertThat(later.metrics(stored, batch.schema()).get(0).value()).contains(1.0 / 3);
  }

  @Test
  void beyondManyTimesTheBoundsHoldTheTrueShare() {
    int count = 3 * CoarseCounts.MOST;
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = (long) i;
    }
    long ttl = 100_001;
    List<Metric> found =
        Tried.measured(timeliness(ttl, Optional.empty(), 1), Tried.column("at", Type.LONG, values));
    double share = (ttl + 1.0) / count;
    Metric timeliness = found.get(0);
    assertThat(timeliness.precision()).isEqualTo(Metric.Precision.ESTIMATED);
    assertThat(timeliness.interval().orElseThrow().low()).isLessThanOrEqualTo(share);
    assertThat(timeliness.interval().orElseThrow().high()).isGreaterThanOrEqualTo(share);
    assertThat(timeliness.value().orElseThrow()).isBetween(share - 1e-4, share + 1e-4);
  }

  @Test
  void durationsHaveAUnit() {
    assertThat(Timeliness.micros("30d")).isEqualTo(30L * 86_400 * SECOND);
    assertThat(Timeliness.micros("2w")).isEqualTo(14L * 86_400 * SECOND);
    assertThat(Timeliness.micros("30")).isZero();
    assertThat(Timeliness.micros("d")).isZero();
    assertThat(Timeliness.micros("-1d")).isZero();
  }
}
