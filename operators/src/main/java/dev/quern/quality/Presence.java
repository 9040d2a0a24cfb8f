package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many values of some fields are there, and in how many samples all of them. */
public final class Presence implements Accumulator<Presence> {
  private static final int VERSION = 2;

  private final int[] positions;
  private final Cells[] cells;
  private long samples;
  private long complete;

  Presence(int[] positions) {
    this.positions = positions.clone();
    this.cells = new Cells[positions.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new Cells();
    }
  }

  static Presence read(DataInput in, int[] positions) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("presence: version of the state must be 2; found: " + version);
    }
    Presence presence = new Presence(positions);
    presence.samples = in.readLong();
    presence.complete = in.readLong();
    for (int i = 0; i < positions.length; i++) {
      presence.cells[i] = Cells.read(in);
    }
    return presence;
  }

  long samples() {
    return samples;
  }

  /** Returns the number of samples in which all fields have a value. */
  long complete() {
    return complete;
  }

  /** Returns the number of values of field {@code number} that are there. */
  long present(int number) {
    return cells[number].all() - cells[number].missing();
  }

  @Override
  public void add(Batch batch) {
    boolean[] lacking = new boolean[batch.rows()];
    for (int i = 0; i < positions.length; i++) {
      cells[i].add(batch, batch.column(positions[i]), lacking);
    }
    samples += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      complete += lacking[batch.row(i)] ? 0 : 1;
    }
  }

  @Override
  public void merge(Presence other) {
    samples += other.samples;
    complete += other.complete;
    for (int i = 0; i < cells.length; i++) {
      cells[i].merge(other.cells[i]);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    out.writeLong(complete);
    for (Cells field : cells) {
      field.write(out);
    }
  }
}
