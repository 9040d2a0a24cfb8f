package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link LongCounts} of a field whose type {@link Scalars} supports. */
public final class LongsState implements ColumnState {
  private final LongCounts counts;

  /** Makes a state that has seen nothing. */
  public LongsState() {
    this(new LongCounts());
  }

  private LongsState(LongCounts counts) {
    this.counts = counts;
  }

  /** Returns the state that was written. */
  public static LongsState read(DataInput in) throws IOException {
    return new LongsState(LongCounts.read(in));
  }

  /** Returns the counts. */
  public LongCounts counts() {
    return counts;
  }

  @Override
  public void add(Batch batch, Column column) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!Scalars.isMissing(column, row)) {
        counts.add(Scalars.at(column, row));
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    counts.merge(((LongsState) other).counts);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    counts.write(out);
  }
}
