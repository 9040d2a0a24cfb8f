package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many values of a field are there; null, NaN and blank texts are missing. */
final class Cells implements ColumnState {
  private static final int VERSION = 1;

  private final Slice slice = new Slice();
  private long all;
  private long missing;

  static Cells read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("cells: version of the state must be 1; found: " + version);
    }
    Cells cells = new Cells();
    cells.all = in.readLong();
    cells.missing = in.readLong();
    return cells;
  }

  long all() {
    return all;
  }

  long missing() {
    return missing;
  }

  @Override
  public void add(Batch batch, Column column) {
    add(batch, column, new boolean[batch.rows()]);
  }

  /** Adds the values as {@link #add(Batch, Column)} and marks the rows that miss one. */
  void add(Batch batch, Column column, boolean[] lacking) {
    boolean text = column.type().equals(Type.TEXT);
    all += batch.count();
    if (column instanceof DictionaryColumn coded) {
      addCoded(batch, coded);
      return;
    }
    if (!text && column.type().kind() == Type.Kind.LONG && !column.nulls().any()) {
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (isMissing(column, row, text, slice)) {
        missing++;
        lacking[row] = true;
      }
    }
  }

  /** Looks at each text once, however often it occurs. */
  private void addCoded(Batch batch, DictionaryColumn coded) {
    boolean[] blank = new boolean[coded.dictionary().size()];
    for (int code = 0; code < blank.length; code++) {
      blank[code] = isMissing(coded.dictionary(), code, true, slice);
    }
    for (int i = 0; i < batch.count(); i++) {
      int code = coded.code(batch.row(i));
      if (code < 0 || blank[code]) {
        missing++;
      }
    }
  }

  /** Returns whether {@code row} is null, NaN or a blank text; {@code slice} is overwritten. */
  static boolean isMissing(Column column, int row, boolean text, Slice slice) {
    if (Scalars.isMissing(column, row)) {
      return true;
    }
    if (!text) {
      return false;
    }
    column.sliceAt(row, slice);
    WhiteSpace.trim(slice);
    return slice.length() == 0;
  }

  @Override
  public void merge(ColumnState other) {
    all += ((Cells) other).all;
    missing += ((Cells) other).missing;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(all);
    out.writeLong(missing);
  }
}
