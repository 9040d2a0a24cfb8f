package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link Extrema} of the finite values of a field whose type {@link Scalars} supports. */
public final class ExtremaState implements ColumnState {
  private final Extrema extrema;

  /** Makes a state that has seen nothing. */
  public ExtremaState() {
    this(new Extrema());
  }

  private ExtremaState(Extrema extrema) {
    this.extrema = extrema;
  }

  /** Returns the state that was written. */
  public static ExtremaState read(DataInput in) throws IOException {
    return new ExtremaState(Extrema.read(in));
  }

  /** Returns the extrema. */
  public Extrema extrema() {
    return extrema;
  }

  @Override
  public void add(Batch batch, Column column) {
    Type.Kind kind = column.type().kind();
    boolean binary = kind == Type.Kind.DOUBLE || kind == Type.Kind.FLOAT;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean finite = !column.isNull(row) && (!binary || Double.isFinite(column.doubleAt(row)));
      if (finite) {
        extrema.add(Scalars.at(column, row));
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    extrema.merge(((ExtremaState) other).extrema);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    extrema.write(out);
  }
}
