package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link ExactQuantiles} of a field whose type {@link Scalars} supports. */
public final class QuantilesState implements ColumnState {
  private final ExactQuantiles quantiles;

  /** Makes a state that has seen nothing. */
  public QuantilesState() {
    this(new ExactQuantiles());
  }

  private QuantilesState(ExactQuantiles quantiles) {
    this.quantiles = quantiles;
  }

  /** Returns the state that was written. */
  public static QuantilesState read(DataInput in) throws IOException {
    return new QuantilesState(ExactQuantiles.read(in));
  }

  /** Returns the quantiles. */
  public ExactQuantiles quantiles() {
    return quantiles;
  }

  @Override
  public void add(Batch batch, Column column) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!Scalars.isMissing(column, row)) {
        quantiles.add(Scalars.at(column, row));
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    quantiles.merge(((QuantilesState) other).quantiles);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    quantiles.write(out);
  }
}
