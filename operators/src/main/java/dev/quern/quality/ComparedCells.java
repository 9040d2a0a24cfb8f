package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** In how many samples fields have the value of their reference, pair by pair. */
public final class ComparedCells implements Accumulator<ComparedCells> {
  private static final int VERSION = 2;

  private final int[] positions;
  private final Likeness likeness;
  private final long[] compared;
  private final long[] same;
  private long samples;

  /**
   * Makes counts that have seen nothing.
   *
   * @param positions of a field and its reference, and so on pair by pair
   */
  ComparedCells(int[] positions, Likeness likeness) {
    this(positions, positions.length / 2, likeness);
  }

  private ComparedCells(int[] positions, int pairs, Likeness likeness) {
    this.positions = positions;
    this.likeness = likeness;
    this.compared = new long[pairs];
    this.same = new long[pairs];
  }

  static ComparedCells read(DataInput in, int[] positions, Likeness likeness) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("agreement: version of the state must be 2; found: " + version);
    }
    long samples = in.readLong();
    ComparedCells cells = new ComparedCells(positions, in.readInt(), likeness);
    cells.samples = samples;
    for (int i = 0; i < cells.same.length; i++) {
      cells.compared[i] = in.readLong();
      cells.same[i] = in.readLong();
    }
    return cells;
  }

  long samples() {
    return samples;
  }

  int pairs() {
    return same.length;
  }

  /** Returns the number of samples whose reference of pair {@code pair} has a value. */
  long compared(int pair) {
    return compared[pair];
  }

  long same(int pair) {
    return same[pair];
  }

  @Override
  public void add(Batch batch) {
    samples += batch.count();
    for (int pair = 0; pair < same.length; pair++) {
      Column value = batch.column(positions[2 * pair]);
      Column reference = batch.column(positions[2 * pair + 1]);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!Scalars.isMissing(reference, row)) {
          compared[pair]++;
          boolean there = !Scalars.isMissing(value, row);
          same[pair] += there && likeness.same(value, reference, row) ? 1 : 0;
        }
      }
    }
  }

  @Override
  public void merge(ComparedCells other) {
    samples += other.samples;
    for (int i = 0; i < same.length; i++) {
      compared[i] += other.compared[i];
      same[i] += other.same[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    out.writeInt(same.length);
    for (int i = 0; i < same.length; i++) {
      out.writeLong(compared[i]);
      out.writeLong(same[i]);
    }
  }
}
