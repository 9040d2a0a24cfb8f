package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The samples whose ids hash to the smallest numbers, each as one long per field: the bits of a
 * number, or the hash of another value. A uniform sample that does not depend on order or parts.
 */
public final class SimilarRows implements Accumulator<SimilarRows> {
  /** What stands for a missing value. */
  static final long MISSING = Double.doubleToRawLongBits(Double.NaN) + 1;

  private static final int VERSION = 1;

  /** Hashes of ids are told apart from those of other draws; any constant does. */
  private static final long SALT = 0x7665_6e64_6921L;

  private final int[] positions;
  private final boolean[] numbers;
  private final int most;
  private final RowHash[] hashes;
  private final TreeMap<Key, long[]> rows = new TreeMap<>();
  private long samples;

  /** Orders samples by the hash of their id, then by the id. */
  private record Key(long draw, long idHigh, long idLow) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(draw, other.draw);
      if (order == 0) {
        order = Long.compareUnsigned(idHigh, other.idHigh);
      }
      return order == 0 ? Long.compareUnsigned(idLow, other.idLow) : order;
    }
  }

  SimilarRows(Schema schema, int[] positions, int most) {
    this.positions = positions.clone();
    this.most = most;
    this.numbers = new boolean[positions.length];
    this.hashes = new RowHash[positions.length];
    for (int i = 0; i < positions.length; i++) {
      numbers[i] = schema.field(positions[i]).type().isNumber();
      hashes[i] = new RowHash(positions[i]);
    }
  }

  /** Takes what was written into this, which must be empty. */
  SimilarRows filled(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("similar rows: version of the state must be 1; found: " + version);
    }
    samples = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong(), in.readLong());
      long[] row = new long[positions.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = in.readLong();
      }
      rows.put(key, row);
    }
    return this;
  }

  /** Returns the number of samples seen. */
  long samples() {
    return samples;
  }

  /** Returns the rows that were kept, in an order that depends on their ids alone. */
  List<long[]> rows() {
    return new ArrayList<>(rows.values());
  }

  boolean isNumber(int field) {
    return numbers[field];
  }

  @Override
  public void add(Batch batch) {
    samples += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long high = batch.keys().idHigh(row);
      long low = batch.keys().idLow(row);
      long draw = RunContext.draw(SALT, high, low);
      if (rows.size() < most || Long.compareUnsigned(draw, rows.lastKey().draw()) <= 0) {
        put(new Key(draw, high, low), values(batch, row));
      }
    }
  }

  private long[] values(Batch batch, int row) {
    long[] values = new long[positions.length];
    for (int i = 0; i < values.length; i++) {
      Column column = batch.column(positions[i]);
      if (Scalars.isMissing(column, row)) {
        values[i] = MISSING;
      } else if (numbers[i]) {
        double number = column.doubleAt(row);
        double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
        values[i] = Double.doubleToLongBits(finite + 0.0); // Zero has one sign.
      } else {
        hashes[i].compute(batch, row);
        values[i] = hashes[i].value();
      }
    }
    return values;
  }

  /** Of samples with one id, which should not be, the smaller stays whatever their order. */
  private void put(Key key, long[] row) {
    rows.merge(key, row, (a, b) -> Arrays.compare(a, b) <= 0 ? a : b);
    if (rows.size() > most) {
      rows.pollLastEntry();
    }
  }

  @Override
  public void merge(SimilarRows other) {
    samples += other.samples;
    other.rows.forEach(this::put);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    out.writeInt(rows.size());
    for (Map.Entry<Key, long[]> row : rows.entrySet()) {
      out.writeLong(row.getKey().draw());
      out.writeLong(row.getKey().idHigh());
      out.writeLong(row.getKey().idLow());
      for (long value : row.getValue()) {
        out.writeLong(value);
      }
    }
  }
}
