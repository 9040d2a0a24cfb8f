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
import dev.quern.statistics.ExactSumState;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * sum = Σx over the finite values of a number field, or the number of true values of a bool field;
 * exact before one rounding. Without values the metric has none, nor where no double reaches the
 * sum.
 *
 * @param field the field
 * @param where the condition for which samples are measured
 */
public record Sum(String field, Optional<String> where) implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number or bool field.", "数值或布尔字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.sum",
          new Localized("The sum of a number field.", "数值字段的总和。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x}", "[{\"x\": 1.5}, {\"x\": null}, {\"x\": 2}]", "{\"sum(x)\": 3.5}")),
          params -> new Sum(params.get(FIELD), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none("a sum is made by all samples together", "总和由全部样本共同决定");
  }

  @Override
  public ColumnState state(Schema input) {
    return new ExactSumState();
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return ExactSumState.read(in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    ExactSumState found = state.state(ExactSumState.class, 0);
    Optional<Double> value =
        found.count() == 0
            ? Optional.empty()
            : Optional.of(found.sum().value()).filter(Double::isFinite);
    return List.of(Metric.exact("sum", List.of(field), "", value, "value"));
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
