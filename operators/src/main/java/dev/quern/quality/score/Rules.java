package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Validity: rules that are true / rules that have an answer.
 *
 * @param conditions expressions of type bool
 */
public record Rules(List<Expression> conditions) implements Factor {
  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    List<BoundExpression> bound =
        conditions.stream().map(rule -> rule.bindCondition(input)).toList();
    return (batch, scores) -> judge(bound, batch, scores);
  }

  private static void judge(List<BoundExpression> rules, Batch batch, double[] scores) {
    int[] answered = new int[batch.rows()];
    int[] held = new int[batch.rows()];
    for (BoundExpression rule : rules) {
      Column answers = rule.evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!answers.isNull(row)) {
          answered[row]++;
          held[row] += answers.boolAt(row) ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      scores[row] = answered[row] == 0 ? 1 : (double) held[row] / answered[row];
    }
  }
}
