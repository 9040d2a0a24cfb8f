package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How many samples there are, and of each value of a field, by the hash of how it is written. */
public final class GroupCounts implements Accumulator<GroupCounts> {
  private static final int VERSION = 1;

  private final int position;
  private final Hash128 hash = new Hash128();
  private final Slice slice = new Slice();
  private final ValueWriter writer = new ValueWriter();
  private HashCounts groups = new HashCounts();
  private long samples;

  GroupCounts(int position) {
    this.position = position;
  }

  static GroupCounts read(DataInput in, int position) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("groups: version of the state must be 1; found: " + version);
    }
    GroupCounts read = new GroupCounts(position);
    read.samples = in.readLong();
    read.groups = HashCounts.read(in);
    return read;
  }

  /** Returns the hash under which the group called {@code name} is counted. */
  static Hash128 hash(Hash128 scratch, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return scratch.hash(utf8, 0, utf8.length, 0);
  }

  HashCounts groups() {
    return groups;
  }

  /** Returns the number of samples, those of no group among them. */
  long samples() {
    return samples;
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(position);
    boolean text = column.type().equals(Type.TEXT);
    samples += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (Scalars.isMissing(column, row)) {
        continue;
      }
      if (text) {
        column.sliceAt(row, slice);
        groups.add(hash.hash(slice.bytes, slice.start, slice.end, 0));
      } else {
        groups.add(hash(hash, writer.text(column, row)));
      }
    }
  }

  @Override
  public void merge(GroupCounts other) {
    groups.merge(other.groups);
    samples += other.samples;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(samples);
    groups.write(out);
  }
}
