package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Example;
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
import dev.quern.statistics.Extrema;
import dev.quern.statistics.ExtremaState;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * min = the least of the finite values of a number, date, timestamp or bool field; times are told
 * in seconds since 1970-01-01T00:00Z, true is 1. Told as a double: longs beyond 2^53 and decimals
 * are rounded. Without values the metric has none.
 *
 * @param field the field
 * @param where the condition for which samples are measured
 */
public record Min(String field, Optional<String> where) implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field(
          "field", new Localized("The number, date, timestamp or bool field.", "数值、日期、时间戳或布尔字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.min",
          new Localized("The least value of a field.", "字段的最小值。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x}",
                  "[{\"x\": 4}, {\"x\": 1}, {\"x\": null}, {\"x\": 3}]",
                  "{\"min(x)\": 1.0}")),
          params -> new Min(params.get(FIELD), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.limits(
        Judging.Verdicts.BELOW, "each sample below the lower limit of the check", "低于检查下限的每个样本");
  }

  @Override
  public int[] position(Schema input) {
    return Scale.position(input, field);
  }

  @Override
  public ColumnState state(Schema input) {
    return new ExtremaState();
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return ExtremaState.read(in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    Type type = input.field(position(input)[0]).type();
    Extrema extrema = state.state(ExtremaState.class, 0).extrema();
    Optional<Double> value =
        extrema.count() == 0 ? Optional.empty() : Optional.of(Scale.value(type, extrema.min()));
    return List.of(Metric.exact("min", List.of(field), "", value, Scale.unit(type)));
  }

  @Override
  public Fit judged(ColumnStates state, Schema input, Limits limits) {
    return LimitJudge.fit(limits.lower());
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return LimitJudge.judge(field, position(input)[0], fit);
  }
}
