package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.format.json.Json;
import dev.quern.operator.Example;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.OrderedBits;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values far from the others and drops, unsets, clips or flags them.
 *
 * <ul>
 *   <li>robust_z: score = 0.6745 · |x − median| / MAD, with MAD the median of |xᵢ − median|; limit
 *       3.5
 *   <li>iqr: score = distance beyond the nearer quartile (type 7) / interquartile range; limit 1.5
 *   <li>isolation_forest: over all fields together, see {@link IsolationOutliers}; limit 0.65
 *   <li>hampel: along a series, see {@link HampelOutliers}; limit 3
 * </ul>
 *
 * <p>A value is an outlier if its score is above the limit. Where MAD or the range is 0 nothing is.
 * Missing values are none. Quantiles are exact. The confidence of a change is score / (score +
 * limit).
 *
 * @param fields number fields; absent: all but label, identifiers, subject, group and event time
 * @param method ROBUST_Z or IQR
 * @param limit the largest score that is no outlier
 * @param action what happens to an outlier
 */
public record Outliers(
    Optional<List<String>> fields, Method method, double limit, OutlierAction action)
    implements Fitter<ColumnStates> {

  /** How outliers are told. */
  public enum Method {
    ROBUST_Z,
    IQR,
    ISOLATION_FOREST,
    HAMPEL
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Number fields; by default all but label, identifiers, subject, group and event"
                      + " time.",
                  "数值字段；默认为标签、标识符、主体、分组和事件时间以外的全部。"))
          .optional();

  private static final Param<Method> METHOD =
      Param.choice(
              "method",
              Method.class,
              new Localized(
                  "How outliers are told: robust_z and iqr field by field, isolation_forest over all"
                      + " fields, hampel along a series in the order of the step.",
                  "判断方法：robust_z 与 iqr 逐字段，isolation_forest 综合全部字段，hampel 沿步骤次序的序列。"))
          .or(Method.ROBUST_Z);

  private static final Param<Double> LIMIT =
      Param.number(
              "limit",
              "score",
              0,
              Double.POSITIVE_INFINITY,
              new Localized(
                  "The largest score that is no outlier; by default 3.5 for robust_z, 1.5 for iqr,"
                      + " 0.65 for isolation_forest, 3 for hampel.",
                  "不算离群的最大分数；默认 robust_z 3.5、iqr 1.5、isolation_forest 0.65、hampel 3。"))
          .optional();

  private static final Param<OutlierAction> ACTION =
      Param.choice(
              "action",
              OutlierAction.class,
              new Localized(
                  "What happens to an outlier: its sample is dropped, the value becomes missing or"
                      + " the bound, or a field NAME_outlier tells it.",
                  "离群值如何处理：丢弃样本、变为缺失、截断到边界，或由字段 NAME_outlier 标记。"))
          .or(OutlierAction.FLAG);

  private static final Param<Long> WINDOW =
      Param.integer(
              "window",
              "samples",
              1,
              10_000,
              new Localized(
                  "For hampel, samples on each side that a value is compared with.",
                  "hampel 时每侧用于比较的样本数。"))
          .or(5L);

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized(
                  "For hampel, fields whose values part the samples into series.",
                  "hampel 时用于划分序列的字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.outliers",
          new Localized(
              "Finds values far from the others and drops, unsets, clips or flags them.",
              "找出远离其他值的离群值，并丢弃、置缺失、截断或标记。"),
          "Iglewicz and Hoaglin 1993; Tukey 1977; Liu, Ting and Zhou 2008; Hampel 1974",
          1,
          Serving.HOST,
          List.of(FIELDS, METHOD, LIMIT, ACTION, WINDOW, BY),
          List.of(
              new Example(
                  "{}",
                  "[{\"x\": 1.0}, {\"x\": 2.0}, {\"x\": 3.0}, {\"x\": 4.0}, {\"x\": 99.0}]",
                  "[{\"x\": 1.0, \"x_outlier\": false}, {\"x\": 2.0, \"x_outlier\": false},"
                      + " {\"x\": 3.0, \"x_outlier\": false}, {\"x\": 4.0, \"x_outlier\": false},"
                      + " {\"x\": 99.0, \"x_outlier\": true}]"),
              new Example(
                  "{method: iqr, action: clip}",
                  "[{\"x\": 1.0}, {\"x\": 2.0}, {\"x\": 3.0}, {\"x\": 4.0}, {\"x\": 99.0}]",
                  "[{\"x\": 1.0}, {\"x\": 2.0}, {\"x\": 3.0}, {\"x\": 4.0}, {\"x\": 7.0}]"),
              new Example(
                  "{method: hampel, window: 2, action: missing, fields: [x]}",
                  "[{\"x\": 1.0}, {\"x\": 2.0}, {\"x\": 90.0}, {\"x\": 3.0}, {\"x\": 4.0}]",
                  "[{\"x\": 1.0}, {\"x\": 2.0}, {\"x\": null}, {\"x\": 3.0}, {\"x\": 4.0}]"),
              new Example(
                  "{method: isolation_forest, action: drop, limit: 0.7}",
                  "[{\"x\": 1, \"y\": 1}, {\"x\": 2, \"y\": 1}, {\"x\": 1, \"y\": 2}, {\"x\": 2, \"y\":"
                      + " 2}, {\"x\": 1, \"y\": 1}, {\"x\": 2, \"y\": 2}, {\"x\": 90, \"y\": 80}]",
                  "[{\"x\": 1, \"y\": 1}, {\"x\": 2, \"y\": 1}, {\"x\": 1, \"y\": 2}, {\"x\": 2, \"y\":"
                      + " 2}, {\"x\": 1, \"y\": 1}, {\"x\": 2, \"y\": 2}]")),
          Outliers::create);

  private static Operator create(Params params) {
    Method method = params.get(METHOD);
    OutlierAction action = params.get(ACTION);
    Optional<List<String>> fields = params.find(FIELDS);
    if (params.find(BY).isPresent() && method != Method.HAMPEL) {
      throw new IllegalArgumentException(
          "quality.outliers.by must be given for method: hampel only; found: fields");
    }
    double limit = params.find(LIMIT).orElse(usual(method));
    return switch (method) {
      case ROBUST_Z, IQR -> new Outliers(fields, method, limit, action);
      case ISOLATION_FOREST -> {
        if (action == OutlierAction.CLIP || action == OutlierAction.MISSING) {
          throw new IllegalArgumentException(
              "quality.outliers.action must be drop or flag for method: isolation_forest, which"
                  + " judges samples; found: "
                  + action.name().toLowerCase(java.util.Locale.ROOT));
        }
        yield new IsolationOutliers(fields, limit, action);
      }
      case HAMPEL ->
          new HampelOutliers(
              fields,
              limit,
              action,
              Math.toIntExact(params.get(WINDOW)),
              params.find(BY).orElse(List.of()));
    };
  }

  private static double usual(Method method) {
    return switch (method) {
      case ROBUST_Z -> 3.5;
      case IQR -> 1.5;
      case ISOLATION_FOREST -> 0.65;
      case HAMPEL -> 3;
    };
  }

  @Override
  public boolean dropsSamples() {
    return action == OutlierAction.DROP;
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    if (action == OutlierAction.DROP) {
      return new LinkedHashSet<>(input.names());
    }
    Set<String> read = new LinkedHashSet<>();
    for (String name : made) {
      boolean flag = input.indexOf(name) < 0 && name.endsWith(OutlierAction.SUFFIX);
      read.add(flag ? name.substring(0, name.length() - OutlierAction.SUFFIX.length()) : name);
    }
    return read;
  }

  @Override
  public Schema output(Schema input) {
    return action.output(input, OutlierAction.positions(input, fields));
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    int[] positions = OutlierAction.positions(input, fields);
    List<QuantilesOfNumbers> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(new QuantilesOfNumbers());
    }
    return new ColumnStates(positions, states);
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(
        in, OutlierAction.positions(input, fields), (i, from) -> QuantilesOfNumbers.read(from));
  }

  @Override
  public Fit fit(ColumnStates state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int[] positions = OutlierAction.positions(input, fields);
    for (int i = 0; i < positions.length; i++) {
      ExactQuantiles quantiles = state.state(QuantilesOfNumbers.class, i).quantiles();
      boolean robust = method == Method.ROBUST_Z;
      double low = quantiles.quantile(robust ? 0.5 : 0.25);
      double high = quantiles.quantile(robust ? 0.5 : 0.75);
      double scale = robust ? deviation(quantiles, low) / 0.6745 : high - low;
      if (scale > 0 && !Double.isInfinite(scale)) {
        Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
        learnt.put("low", low);
        learnt.put("high", high);
        learnt.put("scale", scale);
        values.put(input.field(positions[i]).name(), learnt);
      }
    }
    return new Fit(values);
  }

  /** Returns the median of |xᵢ − median|: the middle ones of two sorted sides, by bisection. */
  private static double deviation(ExactQuantiles quantiles, double median) {
    long n = quantiles.count();
    if (n == 0) {
      return 0;
    }
    double lower = nearest(quantiles, median, (n + 1) / 2);
    return n % 2 == 1 ? lower : lower + (nearest(quantiles, median, n / 2 + 1) - lower) / 2;
  }

  /** Returns the {@code k}-th smallest (from 1) distance of a value from {@code median}. */
  private static double nearest(ExactQuantiles quantiles, double median, long k) {
    long n = quantiles.count();
    // The k nearest values stand side by side, from rank start on: moving the window right pays
    // while what it would leave on the left is farther than what it would take in.
    long low = 0;
    long high = n - k;
    while (low < high) {
      long start = (low + high) >>> 1;
      if (median - value(quantiles, start) > value(quantiles, start + k) - median) {
        low = start + 1;
      } else {
        high = start;
      }
    }
    return Math.max(median - value(quantiles, low), value(quantiles, low + k - 1) - median);
  }

  private static double value(ExactQuantiles quantiles, long rank) {
    return OrderedBits.toDouble(quantiles.at(rank));
  }

  /** What was learnt of a field: a score is the distance beyond [low, high] in scales. */
  private record Range(double low, double high, double scale) {
    double score(double value) {
      return Math.max(0, Math.max(low - value, value - high)) / scale;
    }

    double bound(double value, double limit) {
      return value > high ? high + limit * scale : low - limit * scale;
    }
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int[] positions = OutlierAction.positions(input, fields);
    List<Optional<Range>> ranges = new ArrayList<>();
    for (int position : positions) {
      Object learnt = fit.values().get(input.field(position).name());
      ranges.add(Optional.ofNullable(learnt).map(Outliers::range));
    }
    return (batch, out) -> map(batch, positions, ranges, output, out);
  }

  private static Range range(Object learnt) {
    Map<String, @Nullable Object> values = Json.object(learnt);
    return new Range(
        number(values.get("low")), number(values.get("high")), number(values.get("scale")));
  }

  private static double number(@Nullable Object plain) {
    if (plain instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("fit must hold numbers; found: none");
  }

  private void map(
      Batch batch, int[] positions, List<Optional<Range>> ranges, Schema output, Outcome out) {
    if (action == OutlierAction.DROP) {
      drop(batch, positions, ranges, out);
      return;
    }
    Batch changed = batch;
    for (int i = 0; i < positions.length; i++) {
      Field field = batch.schema().field(positions[i]);
      if (action == OutlierAction.FLAG) {
        Field flag = output.field(output.indexOf(field.name() + OutlierAction.SUFFIX));
        changed = changed.with(flag, flags(batch.column(positions[i]), ranges.get(i)));
      } else if (ranges.get(i).isPresent()) {
        changed = changed.with(field, repaired(batch, positions[i], ranges.get(i).get(), out));
      }
    }
    out.keep(changed);
  }

  private static double score(Column column, int row, Optional<Range> range) {
    if (range.isEmpty() || column.isNull(row)) {
      return 0;
    }
    double score = range.get().score(column.doubleAt(row));
    return Double.isNaN(score) ? 0 : score;
  }

  private void drop(Batch batch, int[] positions, List<Optional<Range>> ranges, Outcome out) {
    int[] rows = new int[batch.count()];
    int left = 0;
    for (int i = 0; i < batch.count(); i++) {
      double worst = 0;
      for (int f = 0; f < positions.length; f++) {
        worst = Math.max(worst, score(batch.column(positions[f]), batch.row(i), ranges.get(f)));
      }
      if (worst > limit) {
        out.drop(batch, batch.row(i), "outlier", worst);
      } else {
        rows[left++] = batch.row(i);
      }
    }
    out.keep(left == batch.count() ? batch : batch.select(Arrays.copyOf(rows, left), left));
  }

  private Column flags(Column column, Optional<Range> range) {
    ColumnBuilder flags = ColumnBuilder.of(Type.BOOL);
    for (int row = 0; row < column.size(); row++) {
      flags.appendBool(score(column, row, range) > limit);
    }
    return flags.build();
  }

  private Column repaired(Batch batch, int position, Range range, Outcome out) {
    Column before = batch.column(position);
    ColumnBuilder after = ColumnBuilder.of(before.type());
    boolean[] outlying = new boolean[before.size()];
    for (int row = 0; row < before.size(); row++) {
      outlying[row] = score(before, row, Optional.of(range)) > limit;
      if (!outlying[row]) {
        after.append(before, row);
      } else if (action == OutlierAction.MISSING) {
        after.appendNull();
      } else {
        double bound = range.bound(before.doubleAt(row), limit);
        after.appendValue(OutlierAction.clipped(before, row, bound));
      }
    }
    Column built = after.build();
    String name = batch.schema().field(position).name();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (outlying[row]) {
        double score = range.score(before.doubleAt(row));
        out.change(
            batch,
            row,
            name,
            "outlier",
            OutlierAction.confidence(score, limit),
            built.valueAt(row));
      }
    }
    return built;
  }
}
