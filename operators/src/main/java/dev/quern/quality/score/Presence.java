package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.statistics.Scalars;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Completeness: values that are there / all values of a sample.
 *
 * @param positions the fields looked at
 */
public record Presence(int[] positions) implements Factor {
  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    return this::judge;
  }

  private void judge(Batch batch, double[] scores) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int there = 0;
      for (int position : positions) {
        there += Scalars.isMissing(batch.column(position), row) ? 0 : 1;
      }
      scores[row] = positions.length == 0 ? 1 : (double) there / positions.length;
    }
  }
}
