package dev.quern.operator;

import dev.quern.engine.Attempts;
import dev.quern.statistics.Interval;
import dev.quern.statistics.Uptime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a log of attempts tells of the availability of what was asked for.
 *
 * <p>availability = successful attempts / attempts, a fraction. Further {@code [retried]}, the
 * fraction of attempts that were made because one before had failed; {@code [within_1s]}, the
 * fraction of successes, of those measured, that took less than a second to open and read; and
 * where it was asked for at several times {@code [uptime]}, the fraction of time from the first to
 * the last at which it was there, {@code [mtbf]}, the mean time up for each outage, and {@code
 * [mttr]}, the mean time from finding an outage to finding it over (seconds). A time at which any
 * of its files failed is one at which it was down.
 */
public final class AvailabilityMetrics {
  private static final String NAME = "availability";
  private static final long SECOND_MILLIS = 1_000;

  private AvailabilityMetrics() {}

  /**
   * Returns the metrics of {@code attempts}, which have times; the first is the one that checks
   * compare. Without attempts none has a value.
   *
   * @param fields what the metrics say they speak of
   */
  public static List<Metric> of(List<String> fields, List<Attempts> attempts) {
    Attempts sum = Attempts.none("");
    for (Attempts one : attempts) {
      sum = sum.plus(one);
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.proportion(NAME, fields, sum.successes(), sum.all()));
    metrics.add(Metric.proportion(NAME, fields, sum.retried(), sum.all()).part("retried"));
    long measured = sum.durations().stream().mapToLong(Long::longValue).sum();
    long quick = 0;
    for (int i = 0; i < Attempts.LIMITS_MILLIS.size(); i++) {
      quick += Attempts.LIMITS_MILLIS.get(i) <= SECOND_MILLIS ? sum.durations().get(i) : 0;
    }
    metrics.add(Metric.proportion(NAME, fields, quick, measured).part("within_1s"));
    Uptime.Looks looks = new Uptime.Looks();
    for (Attempts one : attempts) {
      if (one.all() > 0) {
        looks.add(Instant.parse(one.time()).getEpochSecond(), one.failed() == 0);
      }
    }
    Uptime uptime = looks.uptime();
    metrics.add(uptime(fields, uptime));
    metrics.add(mean("mtbf", fields, uptime.upSeconds(), uptime.outages()));
    metrics.add(mean("mttr", fields, uptime.repairSeconds(), uptime.repairs()));
    return metrics;
  }

  private static Metric uptime(List<String> fields, Uptime uptime) {
    Optional<Interval> share = uptime.share();
    boolean exact = uptime.unknownSeconds() == 0;
    return new Metric(
        NAME,
        fields,
        "uptime",
        share.map(bounds -> (double) uptime.upSeconds() / uptime.seconds()),
        uptime.upSeconds(),
        uptime.seconds(),
        Metric.Basis.RULE,
        "fraction",
        exact ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED,
        share);
  }

  /** Looking now and then dates the ends of outages too late: what follows is an estimate. */
  private static Metric mean(String part, List<String> fields, long seconds, long count) {
    return new Metric(
        NAME,
        fields,
        part,
        count == 0 ? Optional.empty() : Optional.of((double) seconds / count),
        seconds,
        count,
        Metric.Basis.RULE,
        "seconds",
        Metric.Precision.ESTIMATED);
  }
}
