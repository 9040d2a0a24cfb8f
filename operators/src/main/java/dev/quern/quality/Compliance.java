package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * compliance = samples for which a condition is true / samples for which it is true or false, a
 * fraction. Samples for which it is neither, because a field is missing, do not count: whether
 * something must be there is completeness. Without an answer at all the metric has no value.
 *
 * @param condition the condition, see {@link Expression}
 * @param reason the name under which verdicts tell of samples for which it is false
 */
public record Compliance(String condition, String reason) implements Analyzer<Compliance.Answers> {
  private static final Param<String> CONDITION =
      Param.expression(
          "condition",
          new Localized(
              "the condition that samples fulfil; a missing answer does not count.",
              "样本须满足的条件;结果缺失的样本不计入"));
  private static final Param<String> REASON =
      Param.text(
              "reason",
              new Localized("the name under which verdicts tell of failures.", "判定结果中失败原因的名称"))
          .where("a snake_case name", text -> text.matches("[a-z][a-z0-9_]*"))
          .or("not_compliant");

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.compliance",
          new Localized(
              "The fraction of samples that fulfil a condition, of those for which it has an answer.",
              "在条件有结果的样本中满足该条件的比例。"),
          "Deequ, Compliance",
          1,
          Serving.TRAINING_ONLY,
          List.of(CONDITION, REASON),
          List.of(
              new Example(
                  "{condition: \"a >= 0\"}",
                  "[{\"a\": 1}, {\"a\": null}, {\"a\": -3}, {\"a\": 4}, {\"a\": 0}]",
                  "{\"compliance(a)\": 0.75}"),
              new Example(
                  "{condition: \"low <= high\"}",
                  "[{\"low\": 1, \"high\": 2}, {\"low\": 2, \"high\": 1}]",
                  "{\"compliance(low, high)\": 0.5}")),
          params -> new Compliance(params.get(CONDITION), params.get(REASON)));

  @Override
  public void check(Schema input) {
    bound(input);
  }

  private BoundExpression bound(Schema input) {
    try {
      return Expression.parse(condition).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException("condition", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Answers zero(Schema input, StepRun run) {
    return new Answers(bound(input));
  }

  @Override
  public Answers read(DataInput in, Schema input, StepRun run) throws IOException {
    Answers answers = new Answers(bound(input));
    answers.read(in);
    return answers;
  }

  @Override
  public List<Metric> metrics(Answers state, Schema input) {
    List<String> fields = List.copyOf(bound(input).fields());
    return List.of(Metric.proportion("compliance", fields, state.right, state.right + state.wrong));
  }

  @Override
  public boolean judgesSamples() {
    return true;
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    BoundExpression expression = bound(input);
    Finding finding = Finding.of(List.copyOf(expression.fields()), reason);
    return (batch, findings) -> {
      BoolColumn answers = (BoolColumn) expression.evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (answers.isNull(row)) {
          findings.notApplicable(row);
        } else if (!answers.boolAt(row)) {
          findings.fail(row, finding);
        }
      }
    };
  }

  /** How often the condition was true and false. */
  public static final class Answers implements Accumulator<Answers> {
    private static final int VERSION = 1;

    private final BoundExpression expression;
    private long right;
    private long wrong;

    Answers(BoundExpression expression) {
      this.expression = expression;
    }

    private void read(DataInput in) throws IOException {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("answers: version of the state must be 1; found: " + version);
      }
      right = in.readLong();
      wrong = in.readLong();
    }

    @Override
    public void add(Batch batch) {
      BoolColumn answers = (BoolColumn) expression.evaluate(batch);
      boolean[] values = answers.values();
      boolean nulls = answers.nulls().any();
      long yes = 0;
      long none = 0;
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        boolean there = !nulls || !answers.isNull(row);
        yes += there && values[row] ? 1 : 0;
        none += there ? 0 : 1;
      }
      right += yes;
      wrong += batch.count() - yes - none;
    }

    @Override
    public void merge(Answers other) {
      right += other.right;
      wrong += other.wrong;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeLong(right);
      out.writeLong(wrong);
    }
  }
}
