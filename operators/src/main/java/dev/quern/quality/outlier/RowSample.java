package dev.quern.quality.outlier;

import dev.quern.data.Batch;
import dev.quern.data.Hash128;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of some number fields whose sample ids have the smallest hashes: a uniform sample that
 * depends neither on order nor on shards. Rows with a missing value are left out.
 */
public final class RowSample implements Accumulator<RowSample> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final int capacity;
  private final Hash128 hash = new Hash128();
  private final TreeMap<Key, double[]> rows = new TreeMap<>();

  private record Key(long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  /** Makes an empty sample of at most {@code capacity} rows of the fields at {@code positions}. */
  public RowSample(int[] positions, int capacity) {
    this.positions = positions.clone();
    this.capacity = capacity;
  }

  /** Returns the sample that was written. */
  public static RowSample read(DataInput in, int[] positions, int capacity) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("row sample: version must be 1; found: " + version);
    }
    RowSample sample = new RowSample(positions, capacity);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong());
      double[] row = new double[positions.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = in.readDouble();
      }
      sample.rows.put(key, row);
    }
    return sample;
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      hash.reset().putLong(batch.keys().idHigh(row)).putLong(batch.keys().idLow(row)).finish();
      Key key = new Key(hash.high(), hash.low());
      if (rows.size() < capacity || key.compareTo(rows.lastKey()) < 0) {
        double[] values = new double[positions.length];
        if (values(batch, row, positions, values)) {
          rows.put(key, values);
          trim();
        }
      }
    }
  }

  /** Reads a row; returns whether all values are there and finite. */
  public static boolean values(Batch batch, int row, int[] positions, double[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] =
          batch.column(positions[j]).isNull(row)
              ? Double.NaN
              : batch.column(positions[j]).doubleAt(row);
      if (Double.isNaN(into[j]) || Double.isInfinite(into[j])) {
        return false;
      }
      // Both zeros are one value.
      into[j] += 0.0;
    }
    return true;
  }

  private void trim() {
    while (rows.size() > capacity) {
      rows.pollLastEntry();
    }
  }

  @Override
  public void merge(RowSample other) {
    rows.putAll(other.rows);
    trim();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(rows.size());
    for (Map.Entry<Key, double[]> entry : rows.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      for (double value : entry.getValue()) {
        out.writeDouble(value);
      }
    }
  }

  /** Returns the rows in the order of their hashes. */
  public List<double[]> rows() {
    return new ArrayList<>(rows.values());
  }
}
