package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.CoarseCounts;
import dev.quern.statistics.Interval;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * latency = samples that arrived no later than limit after they happened / samples of which both
 * times are known, a fraction. Further {@code [p50]}, {@code [p95]} and {@code [p99]}, the least
 * latency that so many percent do not exceed (seconds), and {@code [ahead]}, the fraction of
 * samples that arrived before they happened, as clocks that differ make them; these count as in
 * time.
 *
 * <p>The fractions are exact; quantiles are up to 65,536 distinct latencies, beyond that they are
 * known by intervals, and the bounds are told.
 *
 * @param field when a sample happened: a timestamp or date field, or longs: seconds since 1970
 * @param arrived when it arrived, likewise
 * @param limit the latency that is in time, inclusive, in µs, above 0
 * @param where the condition for which samples are measured
 */
public record Latency(String field, String arrived, long limit, Optional<String> where)
    implements Analyzer<Latencies> {
  private static final double MICROS = 1e6;
  private static final int[] PERCENT = {50, 95, 99};

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The time at which the sample happened.", "样本发生的时间。"));

  private static final Param<String> ARRIVED =
      Param.field("arrived", new Localized("The time at which it arrived.", "样本到达的时间。"));

  private static final Param<String> LIMIT =
      Param.text(
              "limit",
              new Localized(
                  "The latency that is still in time, for example 15m.", "仍算准时的延迟上限，如 15m。"))
          .where(Timeliness.TTL_RULE, text -> Timeliness.micros(text) > 0);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.latency",
          new Localized(
              "The fraction of samples that arrived in time, and quantiles of their latency.",
              "按时到达的样本所占的比例，以及延迟的分位数。"),
          "ISO/IEC 5259-2, timeliness (own definition)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, ARRIVED, LIMIT, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: at, arrived: seen, limit: 10s}",
                  "[{\"at\": 100, \"seen\": 104}, {\"at\": 95, \"seen\": 105}, {\"at\": 80,"
                      + " \"seen\": 200}, {\"at\": 90, \"seen\": 88}, {\"at\": 1, \"seen\": null}]",
                  "{\"latency(at, seen)\": 0.75, \"latency(at, seen)[p50]\": 4.0,"
                      + " \"latency(at, seen)[p95]\": 120.0, \"latency(at, seen)[p99]\": 120.0,"
                      + " \"latency(at, seen)[ahead]\": 0.25}"),
              new Example(
                  "{field: at, arrived: seen, limit: 1m}",
                  "[{\"at\": 0, \"seen\": null}, {\"at\": null, \"seen\": 5}]",
                  "{\"latency(at, seen)\": null}")),
          params ->
              new Latency(
                  params.get(FIELD),
                  params.get(ARRIVED),
                  Timeliness.micros(params.get(LIMIT)),
                  params.find(Restriction.WHERE)));

  @Override
  public void check(Schema input) {
    zero(input);
  }

  @Override
  public Latencies zero(Schema input, StepRun run) {
    return zero(input);
  }

  private Latencies zero(Schema input) {
    return new Latencies(position(input, FIELD, field), position(input, ARRIVED, arrived), limit);
  }

  @Override
  public Latencies read(DataInput in, Schema input, StepRun run) throws IOException {
    return Latencies.read(
        in, position(input, FIELD, field), position(input, ARRIVED, arrived), limit);
  }

  @Override
  public List<Metric> metrics(Latencies state, Schema input) {
    long n = state.counts().total();
    List<String> fields = List.of(field, arrived);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.proportion("latency", fields, state.within(), n));
    for (int percent : PERCENT) {
      metrics.add(quantile(state.counts(), percent));
    }
    metrics.add(Metric.proportion("latency", fields, state.ahead(), n).part("ahead"));
    return metrics;
  }

  private Metric quantile(CoarseCounts counts, int percent) {
    long n = counts.total();
    long rank = (n * percent + 99) / 100;
    long[] seen = {0};
    long[] bounds = new long[2];
    counts.forEach(
        (from, to, count) -> {
          if (seen[0] < rank && seen[0] + count >= rank) {
            bounds[0] = from;
            bounds[1] = to;
          }
          seen[0] += count;
        });
    double low = bounds[0] / MICROS;
    double high = bounds[1] / MICROS;
    return new Metric(
        "latency",
        List.of(field, arrived),
        "p" + percent,
        n == 0 ? Optional.empty() : Optional.of((low + high) / 2),
        (low + high) / 2,
        n == 0 ? 0 : 1,
        Metric.Basis.RULE,
        "seconds",
        counts.isExact() ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED,
        n == 0 ? Optional.empty() : Optional.of(new Interval(low, high)));
  }

  @Override
  public Judging judging() {
    return Judging.failures(
        "each sample that arrived later than limit after its event time; as many as the metric counts",
        "事件发生后超过 limit 才到达的每个样本；数量与度量一致");
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    Latencies latencies = zero(input);
    Finding late = Finding.of(List.of(field, arrived), "late");
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        long latency = latencies.of(batch, row);
        if (latency == Latencies.MISSING) {
          findings.notApplicable(row);
        } else if (latency > limit) {
          findings.fail(row, late);
        }
      }
    };
  }

  private static int position(Schema input, Param<String> param, String name) {
    return FieldChoice.named(
        input,
        param.name(),
        List.of(name),
        "timestamps, dates or longs (seconds since 1970)",
        found -> isTime(found.type()))[0];
  }

  private static boolean isTime(Type type) {
    return type.equals(Type.TIMESTAMP) || type.equals(Type.DATE) || type.equals(Type.LONG);
  }
}
