package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** In how many samples two fields have the same value. */
public final class ComparedCells implements Accumulator<ComparedCells> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final Likeness likeness;
  private long samples;
  private long compared;
  private long same;

  ComparedCells(int[] positions, Likeness likeness) {
    this.positions = positions;
    this.likeness = likeness;
  }

  static ComparedCells read(DataInput in, int[] positions, Likeness likeness) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("agreement: version of the state must be 1; found: " + version);
    }
    ComparedCells agreement = new ComparedCells(positions, likeness);
    agreement.samples = in.readLong();
    agreement.compared = in.readLong();
    agreement.same = in.readLong();
    return agreement;
  }

  long samples() {
    return samples;
  }

  /** Returns the number of samples whose second field has a value. */
  long compared() {
    return compared;
  }

  long same() {
    return same;
  }

  @Override
  public void add(Batch batch) {
    Column value = batch.column(positions[0]);
    Column reference = batch.column(positions[1]);
    samples += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!Scalars.isMissing(reference, row)) {
        compared++;
        same += !Scalars.isMissing(value, row) && likeness.same(value, reference, row) ? 1 : 0;
      }
    }
  }

  @Override
  public void merge(ComparedCells other) {
    samples += other.samples;
    compared += other.compared;
    same += other.same;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    out.writeLong(compared);
    out.writeLong(same);
  }
}
