package dev.quern.quality.series;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.statistics.ExactSum;
import dev.quern.statistics.Scalars;
import org.jspecify.annotations.Nullable;

/** One aggregate while its values come in; sums are exact before one rounding. */
public final class Aggregation {
  private final Aggregate how;
  private ExactSum sum = new ExactSum();
  private long count;
  private @Nullable Column chosen;
  private int chosenRow;

  /** Makes an aggregate that has seen nothing. */
  public Aggregation(Aggregate how) {
    this.how = how;
  }

  /** Starts anew. */
  public void clear() {
    sum = new ExactSum();
    count = 0;
    chosen = null;
  }

  /** Adds the value in {@code row}; a missing one counts for nothing. */
  public void add(Column column, int row) {
    boolean missing =
        Scalars.supports(column.type()) ? Scalars.isMissing(column, row) : column.isNull(row);
    if (missing) {
      return;
    }
    count++;
    switch (how) {
      case MEAN, SUM -> sum.add(column.doubleAt(row));
      case COUNT -> {}
      case FIRST -> choose(chosen == null, column, row);
      case LAST -> choose(true, column, row);
      case MIN ->
          choose(chosen == null || compare(column, row, chosen, chosenRow) < 0, column, row);
      case MAX ->
          choose(chosen == null || compare(column, row, chosen, chosenRow) > 0, column, row);
    }
  }

  private void choose(boolean better, Column column, int row) {
    if (better) {
      chosen = column;
      chosenRow = row;
    }
  }

  private static int compare(Column a, int row, Column b, int other) {
    return Long.compare(Scalars.at(a, row), Scalars.at(b, other));
  }

  /** Appends the aggregate to {@code into}: missing where there was no value, but count 0. */
  public void append(ColumnBuilder into) {
    if (how == Aggregate.COUNT) {
      into.appendLong(count);
    } else if (count == 0) {
      into.appendNull();
    } else if (how == Aggregate.MEAN) {
      into.appendDouble(sum.value() / count);
    } else if (how == Aggregate.SUM) {
      into.appendDouble(sum.value());
    } else if (chosen != null) {
      into.append(chosen, chosenRow);
    }
  }
}
