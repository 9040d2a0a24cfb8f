package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.Interval;
import dev.quern.text.ValueParser;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * timeliness = samples whose age is at most ttl / samples with an event time, a fraction; age =
 * as_of − event time.
 *
 * <p>Further {@code [currency]}, the mean of (1 − age/ttl)^exponent, held in [0, 1]; {@code
 * freshness} = as_of − newest event time (seconds); and, where as_of is given, {@code [ahead]}, the
 * fraction of samples after it, which a model must not learn from.
 *
 * <p>Operators know no clock: as_of is given, or the newest event time. The state holds event
 * times, so the metrics as of a later moment need no second reading. Exact up to 65,536 distinct
 * times; beyond, times are known by intervals, and the bounds that follow are told.
 *
 * @param field a timestamp or date field, or one of longs: seconds since 1970
 * @param ttl how long a sample is up to date, in µs, above 0
 * @param asOf the moment ages are told of, in µs since 1970; absent: the newest event time
 * @param exponent how steeply currency falls, at least 0
 */
public record Timeliness(String field, long ttl, Optional<Long> asOf, double exponent)
    implements Analyzer<EventTimes> {
  static final String TTL_RULE =
      "a whole number and a unit of s, m, h, d or w, above 0, for example 30d";
  private static final String TIME_RULE = "a date or time of ISO 8601, for example 2024-05-01";
  private static final String UNITS = "smhdw";
  private static final long[] SECONDS = {1, 60, 3_600, 86_400, 604_800};
  private static final long MICROS = 1_000_000;

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The time at which the sample happened.", "样本发生的时间。"));

  private static final Param<String> TTL =
      Param.text(
              "ttl",
              new Localized(
                  "How long a sample is up to date, for example 30d.", "样本保持有效的时长，如 30d。"))
          .where(TTL_RULE, text -> micros(text) > 0);

  private static final Param<String> AS_OF =
      Param.text(
              "as_of",
              new Localized(
                  "The moment that ages are told of; the newest event time by default.",
                  "计算年龄所依据的时刻；默认为最新的事件时间。"))
          .where(TIME_RULE, text -> moment(text).isPresent())
          .optional();

  private static final Param<Double> EXPONENT =
      Param.number(
              "exponent",
              "-",
              0,
              1000,
              new Localized("How steeply currency falls with age.", "时效性随年龄下降的陡度。"))
          .or(1.0);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.timeliness",
          new Localized(
              "The fraction of samples that are up to date, their currency and freshness.",
              "仍然有效的样本所占的比例，以及时效性与新鲜度。"),
          "ISO/IEC 25012, currentness (own definition); currency: Ballou et al. 1998",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, TTL, AS_OF, EXPONENT),
          List.of(
              new Example(
                  "{field: at, ttl: 10s}",
                  "[{\"at\": 100}, {\"at\": 95}, {\"at\": 80}, {\"at\": null}]",
                  "{\"timeliness(at)\": 0.6666666666666666, \"timeliness(at)[currency]\": 0.5,"
                      + " \"freshness(at)\": 0.0}"),
              new Example(
                  "{field: at, ttl: 1m, as_of: \"1970-01-01T00:01:00Z\"}",
                  "[{\"at\": 30}, {\"at\": 90}]",
                  "{\"timeliness(at)\": 1.0, \"timeliness(at)[currency]\": 0.75,"
                      + " \"timeliness(at)[ahead]\": 0.5, \"freshness(at)\": -30.0}")),
          params ->
              new Timeliness(
                  params.get(FIELD),
                  micros(params.get(TTL)),
                  params.find(AS_OF).flatMap(Timeliness::moment),
                  params.get(EXPONENT)));

  /** Returns the µs that {@code text} names, 0 if it is no duration. */
  static long micros(String text) {
    int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
    String number = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    if (unit < 0 || !number.matches("[0-9]{1,9}")) {
      return 0;
    }
    return Long.parseLong(number) * SECONDS[unit] * MICROS;
  }

  /** Returns the µs since 1970 of {@code text}, empty if it is no time. */
  static Optional<Long> moment(String text) {
    ColumnBuilder built = ColumnBuilder.of(Type.TIMESTAMP);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean parsed = ValueParser.of(Type.TIMESTAMP).parse(bytes, 0, bytes.length, built) == null;
    return parsed ? Optional.of(built.build().longAt(0)) : Optional.empty();
  }

  @Override
  public Judging judging() {
    return Judging.failures(
        "each sample older than ttl; as many as the metric counts where that is exact",
        "超过有效时长的每个样本；度量精确时数量与其一致");
  }

  @Override
  public void check(Schema input) {
    position(input);
  }

  @Override
  public EventTimes zero(Schema input, StepRun run) {
    return new EventTimes(position(input));
  }

  @Override
  public EventTimes read(DataInput in, Schema input, StepRun run) throws IOException {
    return EventTimes.read(in, position(input));
  }

  @Override
  public List<Metric> metrics(EventTimes state, Schema input) {
    long n = state.counts().total();
    long now = asOf.orElse(n == 0 ? 0 : state.newest());
    Ages ages = new Ages(now, ttl, exponent);
    state.counts().forEach(ages::add);
    List<Metric> metrics = new ArrayList<>();
    boolean exact = state.counts().isExact();
    metrics.add(metric("", ages.upToDate, n, exact));
    metrics.add(metric("currency", ages.currency(state, n), n, exact));
    metrics.add(freshness(state, n, now));
    if (asOf.isPresent()) {
      metrics.add(metric("ahead", ages.ahead, n, exact));
    }
    return metrics;
  }

  private Metric metric(String part, Ages.Bounds found, long n, boolean exact) {
    return new Metric(
        "timeliness",
        List.of(field),
        part,
        n == 0 ? Optional.empty() : Optional.of(found.middle / n),
        found.middle,
        n,
        Metric.Basis.RULE,
        "fraction",
        exact ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED,
        n == 0 ? Optional.empty() : Optional.of(new Interval(found.low / n, found.high / n)));
  }

  private Metric freshness(EventTimes state, long n, long now) {
    Optional<Double> seconds =
        n == 0 ? Optional.empty() : Optional.of(((double) now - state.newest()) / MICROS);
    return new Metric(
        "freshness",
        List.of(field),
        "",
        seconds,
        seconds.orElse(0.0),
        n == 0 ? 0 : 1,
        Metric.Basis.RULE,
        "seconds",
        Metric.Precision.EXACT);
  }

  private int position(Schema input) {
    return FieldChoice.named(
        input,
        "field",
        List.of(field),
        "timestamps, dates or longs (seconds since 1970)",
        found -> isTime(found.type()))[0];
  }

  private static boolean isTime(Type type) {
    return type.equals(Type.TIMESTAMP) || type.equals(Type.DATE) || type.equals(Type.LONG);
  }

  @Override
  public Fit judged(EventTimes state, Schema input, Limits limits) {
    boolean any = state.counts().total() > 0;
    return new Fit(any ? Map.of(AS_OF.name(), asOf.orElse(state.newest())) : Map.of());
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int position = position(input);
    // As ages are computed, so that both round alike.
    double now = fit.values().get(AS_OF.name()) instanceof Long moment ? moment : 0;
    long unit = EventTimes.unit(input.field(position).type());
    Finding finding = Finding.of(List.of(field), "late");
    return (batch, findings) -> {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (column.isNull(row)) {
          findings.notApplicable(row);
        } else if (now - EventTimes.micros(column.longAt(row), unit) > ttl) {
          findings.fail(row, finding);
        }
      }
    };
  }
}
