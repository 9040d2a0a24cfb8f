package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Filter;
import dev.quern.operator.Judge;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.util.List;

/**
 * Keeps the samples for which a condition is true.
 *
 * <p>A sample for which it is false or missing is dropped: {@code age >= 18} drops samples without
 * an age. Nothing is measured.
 *
 * @param keep the condition, see {@link Expression}
 * @param reason what dropped samples are counted under
 */
public record Where(String keep, String reason) implements Filter {
  private static final Param<String> KEEP =
      Param.expression(
          "keep",
          new Localized(
              "the condition that kept samples fulfil; a missing answer does not.",
              "保留样本须满足的条件;结果缺失视为不满足"));
  private static final Param<String> REASON =
      Param.text(
              "reason",
              new Localized("the name under which dropped samples are counted.", "被丢弃样本计数所用的名称"))
          .where(
              "a snake_case name",
              text -> !text.isEmpty() && text.chars().allMatch(Where::isSnakeCase))
          .or("where");

  /** The description of this operator. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.where",
          new Localized("Keeps the samples for which the condition is true.", "保留条件为真的样本。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(KEEP, REASON),
          List.of(
              new Example(
                  "{keep: \"age >= 18 AND country = 'CN'\"}",
                  "[{\"age\": 30, \"country\": \"CN\"}, {\"age\": 12, \"country\": \"CN\"},"
                      + " {\"age\": null, \"country\": \"CN\"}, {\"age\": 40, \"country\": \"DE\"}]",
                  "[{\"age\": 30, \"country\": \"CN\"}]"),
              new Example(
                  "{keep: \"length(text) BETWEEN 2 AND 4\", reason: text_length}",
                  "[{\"text\": \"你好\"}, {\"text\": \"a\"}, {\"text\": \"hello\"}]",
                  "[{\"text\": \"你好\"}]")),
          params -> new Where(params.get(KEEP), params.get(REASON)));

  private static boolean isSnakeCase(int c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  @Override
  public void check(Schema input) {
    condition(input);
  }

  private BoundExpression condition(Schema input) {
    try {
      return Expression.parse(keep).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException("keep", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Judge bind(Schema input, StepRun run) {
    return new Rows(condition(input), Verdict.drop(reason, Double.NaN));
  }

  /** Judges a whole batch by column, then answers sample by sample. */
  private static final class Rows implements Judge {
    private final BoundExpression condition;
    private final Verdict drop;
    private int[] kept = {};
    private int count;
    private int next;

    Rows(BoundExpression condition, Verdict drop) {
      this.condition = condition;
      this.drop = drop;
    }

    @Override
    public void begin(Batch batch) {
      if (kept.length < batch.count()) {
        kept = new int[batch.count()];
      }
      count = condition.test(batch, kept);
      next = 0;
    }

    @Override
    public Verdict judge(Sample sample) {
      int row = sample.row();
      // Samples come in the order of their rows; anything else starts over.
      if (next > 0 && kept[next - 1] >= row) {
        next = 0;
      }
      while (next < count && kept[next] < row) {
        next++;
      }
      if (next < count && kept[next] == row) {
        next++;
        return Verdict.KEEP;
      }
      return drop;
    }
  }
}
