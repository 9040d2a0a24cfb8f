package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Keys;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The values of one field, whose type {@link Scalars} supports, in the order of their samples'
 * ranks, wherever and whenever they were seen, with the ids of the samples; missing values are left
 * out. 48 bytes per value.
 */
public final class RankedValues implements Accumulator<RankedValues> {
  private static final int VERSION = 2;

  private final int field;
  private long[] origins = new long[64];
  private long[] positions = new long[64];
  private long[] children = new long[64];
  private long[] values = new long[64];
  private long[] idHighs = new long[64];
  private long[] idLows = new long[64];
  private int size;
  private boolean sorted = true;

  /** Makes an accumulator of the field at {@code field}. */
  public RankedValues(int field) {
    this.field = field;
  }

  /** Returns the values whose state was written. */
  public static RankedValues read(DataInput in, int field) throws IOException {
    State.expect(in, "ranked values", VERSION);
    RankedValues ranked = new RankedValues(field);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ranked.add(
          in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
    return ranked;
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(field);
    Keys keys = batch.keys();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!Scalars.isMissing(column, row)) {
        add(
            keys.origin(row),
            keys.position(row),
            keys.child(row),
            Scalars.at(column, row),
            keys.idHigh(row),
            keys.idLow(row));
      }
    }
  }

  private void add(long origin, long position, long child, long value, long idHigh, long idLow) {
    if (size == values.length) {
      int room = Math.addExact(size, size >> 1);
      origins = Arrays.copyOf(origins, room);
      positions = Arrays.copyOf(positions, room);
      children = Arrays.copyOf(children, room);
      values = Arrays.copyOf(values, room);
      idHighs = Arrays.copyOf(idHighs, room);
      idLows = Arrays.copyOf(idLows, room);
    }
    origins[size] = origin;
    positions[size] = position;
    children[size] = child;
    idHighs[size] = idHigh;
    idLows[size] = idLow;
    values[size++] = value;
    sorted = sorted && (size == 1 || compare(size - 2, size - 1) <= 0);
  }

  @Override
  public void merge(RankedValues other) {
    for (int i = 0; i < other.size; i++) {
      add(
          other.origins[i],
          other.positions[i],
          other.children[i],
          other.values[i],
          other.idHighs[i],
          other.idLows[i]);
    }
  }

  /** Returns the number of values. */
  public int count() {
    return size;
  }

  /** Returns the value of {@code rank} in the order of ranks, from 0, as {@link Scalars} has it. */
  public long value(int rank) {
    sort();
    return values[rank];
  }

  /** Returns the upper half of the id of the sample of {@code rank}. */
  public long idHigh(int rank) {
    sort();
    return idHighs[rank];
  }

  /** Returns the lower half of the id of the sample of {@code rank}. */
  public long idLow(int rank) {
    sort();
    return idLows[rank];
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sort();
    State.begin(out, VERSION);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(origins[i]);
      out.writeLong(positions[i]);
      out.writeLong(children[i]);
      out.writeLong(values[i]);
      out.writeLong(idHighs[i]);
      out.writeLong(idLows[i]);
    }
  }

  private int compare(int a, int b) {
    int order = Long.compare(origins[a], origins[b]);
    if (order == 0) {
      order = Long.compare(positions[a], positions[b]);
    }
    return order != 0 ? order : Long.compare(children[a], children[b]);
  }

  private void sort() {
    if (sorted) {
      return;
    }
    int[] order = Order.of(size, this::compare);
    origins = in(order, origins);
    positions = in(order, positions);
    children = in(order, children);
    values = in(order, values);
    idHighs = in(order, idHighs);
    idLows = in(order, idLows);
    sorted = true;
  }

  private static long[] in(int[] order, long[] from) {
    long[] to = new long[order.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[order[i]];
    }
    return to;
  }
}
