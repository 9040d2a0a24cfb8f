package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
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
import dev.quern.statistics.Tally;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * compliance = samples for which a condition is true / samples for which it is true or false, a
 * fraction. A condition over missing values is neither (three values, as in SQL); COALESCE and IS
 * NULL decide otherwise. Where no sample can be asked the metric has no value.
 *
 * @param condition an expression that is true or false
 * @param reason the name under which verdicts tell of samples for which it is false
 * @param where the condition for which samples are measured
 */
public record Compliance(String condition, String reason, Optional<String> where)
    implements Analyzer<Tally> {
  private static final Param<String> CONDITION =
      Param.expression("condition", new Localized("What must be true of a sample.", "样本必须满足的条件。"));

  private static final Param<String> REASON =
      Param.text(
              "reason",
              new Localized("The name under which verdicts tell of failures.", "判定结果中失败原因的名称。"))
          .where("a snake_case name", text -> text.matches("[a-z][a-z0-9_]*"))
          .or("not_compliant");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.compliance",
          new Localized(
              "The fraction of samples for which a condition over their fields is true.",
              "字段满足条件的样本所占的比例。"),
          "Deequ, Compliance",
          1,
          Serving.TRAINING_ONLY,
          List.of(CONDITION, REASON, Restriction.WHERE),
          List.of(
              new Example(
                  "{condition: \"a >= b\"}",
                  "[{\"a\": 2, \"b\": 1}, {\"a\": 1, \"b\": 2}, {\"a\": 1, \"b\": null}]",
                  "{\"compliance(a, b)\": 0.5}")),
          params ->
              new Compliance(
                  params.get(CONDITION), params.get(REASON), params.find(Restriction.WHERE)));

  @Override
  public void check(Schema input) {
    bound(input);
  }

  @Override
  public Tally zero(Schema input, StepRun run) {
    return new Tally(question(input));
  }

  @Override
  public Tally read(DataInput in, Schema input, StepRun run) throws IOException {
    return Tally.read(in, question(input));
  }

  @Override
  public List<Metric> metrics(Tally state, Schema input) {
    List<String> fields = new ArrayList<>(bound(input).fields());
    return List.of(Metric.proportion("compliance", fields, state.agreed(), state.asked()));
  }

  @Override
  public Judging judging() {
    return Judging.failures("each sample for which the condition is false", "条件为假的每个样本");
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    return ConsistencyJudges.condition(bound(input), reason);
  }

  private Tally.Question question(Schema input) {
    BoundExpression bound = bound(input);
    return (batch, tally) -> {
      Column answers = bound.evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!answers.isNull(row)) {
          tally.count(answers.boolAt(row));
        }
      }
    };
  }

  private BoundExpression bound(Schema input) {
    try {
      return Expression.parse(condition).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException("condition", String.valueOf(e.getMessage()));
    }
  }
}
