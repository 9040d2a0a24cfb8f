package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Currency: max(0, 1 − age / lifetime) with age = as_of − event, 1 for events after as_of.
 *
 * @param position a timestamp or date
 * @param asOf µs since 1970 (UTC)
 * @param lifetime µs
 */
public record Currency(int position, long asOf, double lifetime) implements Factor {
  private static final double DAY = 86_400_000_000.0;

  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    boolean days = input.field(position).type().kind() == Type.Kind.DATE;
    return (batch, scores) -> judge(days ? DAY : 1, batch, scores);
  }

  private void judge(double unit, Batch batch, double[] scores) {
    Column times = batch.column(position);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      double age = times.isNull(row) ? 0 : Math.max(0, asOf - times.longAt(row) * unit);
      scores[row] = Math.max(0, 1 - age / lifetime);
    }
  }
}
