package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link ExactSum} of the finite values of a number field or of a bool field, true being 1. */
public final class ExactSumState implements ColumnState {
  private static final int VERSION = 1;

  private final ExactSum sum;
  private long count;

  /** Makes a state that has seen nothing. */
  public ExactSumState() {
    this(new ExactSum(), 0);
  }

  private ExactSumState(ExactSum sum, long count) {
    this.sum = sum;
    this.count = count;
  }

  /** Returns the state that was written. */
  public static ExactSumState read(DataInput in) throws IOException {
    State.expect(in, "exact sum of a field", VERSION);
    long count = in.readLong();
    return new ExactSumState(ExactSum.read(in), count);
  }

  /** Returns the sum. */
  public ExactSum sum() {
    return sum;
  }

  /** Returns the number of values that were summed. */
  public long count() {
    return count;
  }

  @Override
  public void add(Batch batch, Column column) {
    Type.Kind kind = column.type().kind();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      if (kind == Type.Kind.LONG) {
        sum.add(column.longAt(row));
        count++;
      } else {
        double value = kind == Type.Kind.BOOL ? column.boolAt(row) ? 1 : 0 : column.doubleAt(row);
        if (Double.isFinite(value)) {
          sum.add(value);
          count++;
        }
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    sum.merge(((ExactSumState) other).sum);
    count += ((ExactSumState) other).count;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(count);
    sum.write(out);
  }
}
