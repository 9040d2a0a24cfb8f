package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.OrderedBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The exact quantiles of the finite values of a number field, taken as doubles. */
final class QuantilesOfNumbers implements ColumnState {
  private final ExactQuantiles quantiles;

  QuantilesOfNumbers() {
    this(new ExactQuantiles());
  }

  private QuantilesOfNumbers(ExactQuantiles quantiles) {
    this.quantiles = quantiles;
  }

  static QuantilesOfNumbers read(DataInput in) throws IOException {
    return new QuantilesOfNumbers(ExactQuantiles.read(in));
  }

  ExactQuantiles quantiles() {
    return quantiles;
  }

  @Override
  public void add(Batch batch, Column column) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        double value = column.doubleAt(row);
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
          quantiles.add(OrderedBits.of(value));
        }
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    quantiles.merge(((QuantilesOfNumbers) other).quantiles);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    quantiles.write(out);
  }
}
