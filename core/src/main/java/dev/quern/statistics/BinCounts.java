package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many values of a number field lie in each of some bins, below and above them. A bin holds its
 * lower end, the last one its upper end too.
 */
public final class BinCounts implements ColumnState {
  private static final int VERSION = 1;

  private final double[] ends;
  private final long[] counts;

  /** Makes a state of the bins between {@code ends}, which ascend. */
  public BinCounts(double[] ends) {
    this.ends = ends.clone();
    this.counts = new long[ends.length + 1];
  }

  /** Returns the state that was written. */
  public static BinCounts read(DataInput in, double[] ends) throws IOException {
    State.expect(in, "bin counts", VERSION);
    BinCounts bins = new BinCounts(ends);
    for (int i = 0; i < bins.counts.length; i++) {
      bins.counts[i] = in.readLong();
    }
    return bins;
  }

  /** Returns the number of values below the first bin, in each bin, and above the last one. */
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public void add(Batch batch, Column column) {
    int last = ends.length - 1;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      double value = column.doubleAt(row);
      if (Double.isNaN(value)) {
        continue;
      }
      int found = Arrays.binarySearch(ends, value);
      // Negative zero sorts below zero, but equals it.
      int at = found >= 0 || value != 0 ? found : Arrays.binarySearch(ends, 0.0);
      int bin = at >= 0 ? at + 1 : -at - 1;
      counts[at == last ? last : bin]++;
    }
  }

  @Override
  public void merge(ColumnState other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += ((BinCounts) other).counts[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    for (long count : counts) {
      out.writeLong(count);
    }
  }
}
