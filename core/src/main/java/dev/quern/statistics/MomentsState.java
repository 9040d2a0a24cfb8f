package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link Moments} of a number field, or of a bool field, true being 1. */
public final class MomentsState implements ColumnState {
  private final Moments moments;

  /** Makes a state that has seen nothing. */
  public MomentsState() {
    this(new Moments());
  }

  private MomentsState(Moments moments) {
    this.moments = moments;
  }

  /** Returns the state that was written. */
  public static MomentsState read(DataInput in) throws IOException {
    return new MomentsState(Moments.read(in));
  }

  /** Returns the moments. */
  public Moments moments() {
    return moments;
  }

  @Override
  public void add(Batch batch, Column column) {
    double[] values = new double[batch.count()];
    int size = 0;
    boolean bool = column.type().kind() == Type.Kind.BOOL;
    for (int i = 0; i < values.length; i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        values[size++] = bool ? column.boolAt(row) ? 1 : 0 : column.doubleAt(row);
      }
    }
    moments.add(values, size);
  }

  @Override
  public void merge(ColumnState other) {
    moments.merge(((MomentsState) other).moments);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    moments.write(out);
  }
}
