package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.statistics.Scalars;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A score that another step has computed, such as the quality of the label, cut to [0, 1].
 *
 * @param position a number field
 */
public record Given(int position) implements Factor {
  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    return this::judge;
  }

  private void judge(Batch batch, double[] scores) {
    Column given = batch.column(position);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean missing = Scalars.isMissing(given, row);
      scores[row] = missing ? 1 : Math.min(1, Math.max(0, given.doubleAt(row)));
    }
  }
}
