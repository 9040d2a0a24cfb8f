package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How many samples are of each of some named strata, and how many of none. */
public final class Strata implements Accumulator<Strata> {
  private static final int VERSION = 1;

  private final int position;
  private final byte[][] names;
  private final long[] counts;
  private final Slice slice = new Slice();
  private final ValueWriter writer = new ValueWriter();
  private long others;

  Strata(int position, List<String> names) {
    this.position = position;
    this.names = new byte[names.size()][];
    for (int i = 0; i < this.names.length; i++) {
      this.names[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
    }
    this.counts = new long[this.names.length];
  }

  static Strata read(DataInput in, int position, List<String> names) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("strata: version of the state must be 1; found: " + version);
    }
    Strata strata = new Strata(position, names);
    strata.others = in.readLong();
    for (int i = 0; i < strata.counts.length; i++) {
      strata.counts[i] = in.readLong();
    }
    return strata;
  }

  /** Returns the number of samples of stratum {@code number}. */
  long count(int number) {
    return counts[number];
  }

  /** Returns the number of samples that have a value. */
  long total() {
    return others + Arrays.stream(counts).sum();
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(position);
    boolean text = column.type().equals(Type.TEXT);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (Scalars.isMissing(column, row)) {
        continue;
      }
      if (text) {
        column.sliceAt(row, slice);
        count(slice.bytes, slice.start, slice.end);
      } else {
        byte[] written = writer.text(column, row).getBytes(StandardCharsets.UTF_8);
        count(written, 0, written.length);
      }
    }
  }

  private void count(byte[] bytes, int start, int end) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(names[i], 0, names[i].length, bytes, start, end)) {
        counts[i]++;
        return;
      }
    }
    others++;
  }

  @Override
  public void merge(Strata other) {
    others += other.others;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(others);
    for (long count : counts) {
      out.writeLong(count);
    }
  }
}
