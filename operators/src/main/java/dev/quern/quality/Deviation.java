package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.Moments;
import dev.quern.statistics.MomentsState;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * deviation = the standard deviation of the finite values of a number field: √(Σ(x − mean)² / (n −
 * 1)) of a sample, √(Σ(x − mean)² / n) of a population, from exact sums. A sample needs two values,
 * a population one; below, the metric has no value.
 *
 * @param field the number field
 * @param of what the values are
 * @param where the condition for which samples are measured
 */
public record Deviation(String field, Of of, Optional<String> where) implements FieldAnalyzer {
  /** What values are. */
  public enum Of {
    SAMPLE,
    POPULATION
  }

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number field.", "数值字段。"));

  private static final Param<Of> OF =
      Param.choice(
              "of",
              Of.class,
              new Localized(
                  "Whether the values are a sample (n - 1) or all there are (n).",
                  "这些值是样本（n - 1）还是总体（n）。"))
          .or(Of.SAMPLE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.deviation",
          new Localized("The standard deviation of a number field.", "数值字段的标准差。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, OF, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x}",
                  "[{\"x\": -1}, {\"x\": null}, {\"x\": 0}, {\"x\": 1}]",
                  "{\"deviation(x)\": 1.0}"),
              new Example(
                  "{field: x, of: population}",
                  "[{\"x\": 1}, {\"x\": 3}]",
                  "{\"deviation(x)\": 1.0}")),
          params ->
              new Deviation(params.get(FIELD), params.get(OF), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none("a deviation is made by all samples together", "标准差由全部样本共同决定");
  }

  @Override
  public ColumnState state(Schema input) {
    return new MomentsState();
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return MomentsState.read(in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    Moments moments = state.state(MomentsState.class, 0).moments();
    double variance =
        switch (of) {
          case SAMPLE -> moments.sampleVariance();
          case POPULATION -> moments.variance();
        };
    Optional<Double> value = Optional.of(Math.sqrt(variance)).filter(Double::isFinite);
    return List.of(Metric.exact("deviation", List.of(field), "", value, "value"));
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(
        input, "field", List.of(field), "numbers", found -> found.type().isNumber());
  }
}
