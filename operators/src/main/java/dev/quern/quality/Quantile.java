package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * quantile = the value below which the fraction {@code at} of the finite values of a number field
 * lies, interpolated linearly (type 7: position (n − 1)·at). Exact; distinct values are held in
 * memory, 16 bytes each.
 *
 * @param field the number field
 * @param at the fraction, in [0, 1]
 * @param where the condition for which samples are measured
 */
public record Quantile(String field, double at, Optional<String> where) implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number field.", "数值字段。"));

  private static final Param<Double> AT =
      Param.fraction("at", new Localized("0.5 is the median.", "0.5 为中位数。")).or(0.5);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.quantile",
          new Localized("A quantile of a number field.", "数值字段的分位数。"),
          "Hyndman and Fan 1996, The American Statistician 50(4), type 7",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, AT, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x, at: 0.25}",
                  "[{\"x\": 4}, {\"x\": 1}, {\"x\": 3}, {\"x\": 2}]",
                  "{\"quantile(x)[0.25]\": 1.75}")),
          params ->
              new Quantile(params.get(FIELD), params.get(AT), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.BEYOND,
        "where the quantile lies beyond a limit of the check, each sample on that side of it",
        "分位数越过检查的限值时，位于该侧的每个样本");
  }

  @Override
  public ColumnState state(Schema input) {
    return new QuantilesOfNumbers();
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return QuantilesOfNumbers.read(in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    ExactQuantiles quantiles = state.state(QuantilesOfNumbers.class, 0).quantiles();
    Optional<Double> value =
        quantiles.count() == 0 ? Optional.empty() : Optional.of(quantiles.quantile(at));
    return List.of(
        Metric.exact("quantile", List.of(field), ValueWriter.number(at), value, "value"));
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(
        input, "field", List.of(field), "numbers", found -> found.type().isNumber());
  }

  /** Only the side on which the quantile lies beyond its limit has samples at fault. */
  @Override
  public Fit judged(ColumnStates state, Schema input, Limits limits) {
    ExactQuantiles quantiles = state.state(QuantilesOfNumbers.class, 0).quantiles();
    double value = quantiles.count() == 0 ? Double.NaN : quantiles.quantile(at);
    return LimitJudge.fit(
        limits.isAbove(value)
            ? limits.lower()
            : limits.isBelow(value) ? limits.upper() : Limits.NONE);
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return LimitJudge.judge(field, position(input)[0], fit);
  }
}
