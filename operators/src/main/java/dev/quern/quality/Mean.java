package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
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
 * mean = Σx / n over the finite values of a number field, or the fraction of true values of a bool
 * field; exact before one rounding. Without values the metric has none.
 *
 * @param field the number or bool field
 * @param where the condition for which samples are measured
 */
public record Mean(String field, Optional<String> where) implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number or bool field.", "数值或布尔字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.mean",
          new Localized("The mean of a number field.", "数值字段的均值。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x}", "[{\"x\": 1}, {\"x\": null}, {\"x\": 2}]", "{\"mean(x)\": 1.5}")),
          params -> new Mean(params.get(FIELD), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none("a mean is made by all samples together", "均值由全部样本共同决定");
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
    return List.of(
        new Metric(
            "mean",
            List.of(field),
            "",
            moments.count() == 0 ? Optional.empty() : Optional.of(moments.mean()),
            moments.sum(),
            moments.count(),
            Metric.Basis.RULE,
            "value",
            Metric.Precision.EXACT));
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(
        input,
        "field",
        List.of(field),
        "numbers or bools",
        found -> found.type().isNumber() || found.type().equals(Type.BOOL));
  }
}
