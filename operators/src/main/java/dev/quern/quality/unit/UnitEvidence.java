package dev.quern.quality.unit;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.statistics.ColumnState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** How often each unit occurs in a field. */
public final class UnitEvidence implements ColumnState {
  private static final int VERSION = 1;

  private final QuantityText text = new QuantityText();
  private final long[] counts = new long[KnownUnits.count()];
  private final Slice slice = new Slice();

  /** Returns the evidence that was written. */
  public static UnitEvidence read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    UnitEvidence evidence = new UnitEvidence();
    int size = in.readInt();
    if (version != VERSION || size != evidence.counts.length) {
      throw new IOException("unit evidence: version must be 1; found: " + version);
    }
    for (int i = 0; i < size; i++) {
      evidence.counts[i] = in.readLong();
    }
    return evidence;
  }

  @Override
  public void add(Batch batch, Column column) {
    int[] known =
        column instanceof DictionaryColumn coded ? new int[coded.dictionary().size()] : new int[0];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        int unit = unit(column, row, known);
        if (unit >= 0) {
          counts[unit]++;
        }
      }
    }
  }

  private int unit(Column column, int row, int[] known) {
    if (!(column instanceof DictionaryColumn coded)) {
      return unit(column, row);
    }
    int code = coded.code(row);
    if (known[code] == 0) {
      known[code] = 2 + unit(column, row);
    }
    return known[code] - 2;
  }

  private int unit(Column column, int row) {
    return text.read(column.sliceAt(row, slice)) == null ? text.unit() : -1;
  }

  @Override
  public void merge(ColumnState other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += ((UnitEvidence) other).counts[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(counts.length);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  /** Returns the unit that occurs most, of several the first in the table. */
  public Optional<Integer> dominant() {
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return counts[best] == 0 ? Optional.empty() : Optional.of(best);
  }
}
