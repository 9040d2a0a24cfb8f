package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.DistinctCount;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the values of a field spread, or, where {@code words} is above 0, how many different runs of
 * that many words its texts hold.
 */
public final class Spread implements Accumulator<Spread> {
  private static final int VERSION = 1;

  private final int position;
  private final int words;
  private final RowHash row;
  private final Slice slice = new Slice();
  private final Hash128 hash = new Hash128();
  private final HashCounts values;
  private final DistinctCount distinct;
  private final long[] recent;
  private long runs;

  Spread(int position, int words) {
    this(position, words, new HashCounts(), new DistinctCount());
  }

  private Spread(int position, int words, HashCounts values, DistinctCount distinct) {
    this.position = position;
    this.words = words;
    this.row = new RowHash(position);
    this.values = values;
    this.distinct = distinct;
    this.recent = new long[words];
  }

  static Spread read(DataInput in, int position, int words) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("spread: version of the state must be 1; found: " + version);
    }
    long runs = in.readLong();
    Spread spread = new Spread(position, words, HashCounts.read(in), DistinctCount.read(in));
    spread.runs = runs;
    return spread;
  }

  HashCounts values() {
    return values;
  }

  DistinctCount distinct() {
    return distinct;
  }

  /** Returns the number of runs of words, equal ones counted each time. */
  long runs() {
    return runs;
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(position);
    for (int i = 0; i < batch.count(); i++) {
      int at = batch.row(i);
      if (words == 0) {
        if (row.compute(batch, at)) {
          values.add(row.value(), 0, 1);
        }
      } else if (!column.isNull(at)) {
        column.sliceAt(at, slice);
        addRuns(slice.bytes, slice.start, slice.end);
      }
    }
  }

  /** Words are what white space separates. */
  private void addRuns(byte[] bytes, int start, int end) {
    int seen = 0;
    int at = start;
    while (at < end) {
      int white = WhiteSpace.lengthAt(bytes, at, end);
      if (white > 0) {
        at += white;
        continue;
      }
      int from = at;
      while (at < end && WhiteSpace.lengthAt(bytes, at, end) == 0) {
        at++;
      }
      recent[seen++ % words] = hash.hash(bytes, from, at, 0).high();
      if (seen >= words) {
        addRun(seen);
      }
    }
  }

  private void addRun(int seen) {
    hash.reset();
    for (int i = seen - words; i < seen; i++) {
      hash.putLong(recent[i % words]);
    }
    distinct.add(hash.finish());
    runs++;
  }

  @Override
  public void merge(Spread other) {
    runs += other.runs;
    values.merge(other.values);
    distinct.merge(other.distinct);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(runs);
    values.write(out);
    distinct.write(out);
  }
}
