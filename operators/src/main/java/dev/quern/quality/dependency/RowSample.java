package dev.quern.quality.dependency;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
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
 * The rows whose sample ids have the smallest hashes, as 64-bit hashes of their values: a uniform
 * sample that depends neither on order nor on shards, all rows while there are no more than its
 * capacity. A missing value is 0.
 */
public final class RowSample implements Accumulator<RowSample> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final int capacity;
  private final Hash128 hash = new Hash128();
  private final CanonicalForm form = new CanonicalForm();
  private final TreeMap<Key, long[]> rows = new TreeMap<>();
  private long seen;

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
    sample.seen = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong());
      long[] row = new long[positions.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = in.readLong();
      }
      sample.rows.put(key, row);
    }
    return sample;
  }

  @Override
  public void add(Batch batch) {
    seen += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      hash.reset().putLong(batch.keys().idHigh(row)).putLong(batch.keys().idLow(row)).finish();
      Key key = new Key(hash.high(), hash.low());
      if (rows.size() < capacity || key.compareTo(rows.lastKey()) < 0) {
        rows.put(key, values(batch, row));
        trim();
      }
    }
  }

  private long[] values(Batch batch, int row) {
    long[] values = new long[positions.length];
    for (int j = 0; j < values.length; j++) {
      Column column = batch.column(positions[j]);
      if (!GroupValues.isMissing(column, row)) {
        form.reset().put(column, row);
        values[j] = hash.hash(form.bytes(), 0, form.length(), 0).high() | 1;
      }
    }
    return values;
  }

  private void trim() {
    while (rows.size() > capacity) {
      rows.pollLastEntry();
    }
  }

  @Override
  public void merge(RowSample other) {
    seen += other.seen;
    rows.putAll(other.rows);
    trim();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(seen);
    out.writeInt(rows.size());
    for (Map.Entry<Key, long[]> entry : rows.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      for (long value : entry.getValue()) {
        out.writeLong(value);
      }
    }
  }

  /** Returns whether all rows are here. */
  public boolean isComplete() {
    return seen == rows.size();
  }

  /** Returns the values field by field, rows in the order of their hashes. */
  public List<long[]> columns() {
    List<long[]> columns = new ArrayList<>();
    for (int j = 0; j < positions.length; j++) {
      long[] column = new long[rows.size()];
      int row = 0;
      for (long[] values : rows.values()) {
        column[row++] = values[j];
      }
      columns.add(column);
    }
    return columns;
  }
}
