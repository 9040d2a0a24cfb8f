package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.quality.rule.Rule;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * How many values of a field obey each of some rules and all of them. Null, NaN and blank texts are
 * missing and asked nothing. Values of a dictionary are asked once per batch.
 */
final class ValidCells implements ColumnState {
  /** What {@link #firstBroken} says of a value that obeys all rules. */
  static final int VALID = -1;

  /** What {@link #firstBroken} says of a cell without a value. */
  static final int MISSING = -2;

  private static final int VERSION = 1;

  private final List<Rule> rules;
  private final Slice slice = new Slice();
  private final long[] obeying;
  private long present;
  private long valid;

  ValidCells(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    this.obeying = new long[rules.size()];
  }

  static ValidCells read(DataInput in, List<Rule> rules) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("valid cells: version of the state must be 1; found: " + version);
    }
    ValidCells cells = new ValidCells(rules);
    cells.present = in.readLong();
    cells.valid = in.readLong();
    for (int i = 0; i < cells.obeying.length; i++) {
      cells.obeying[i] = in.readLong();
    }
    return cells;
  }

  /** Returns the number of values that are there. */
  long present() {
    return present;
  }

  /** Returns the number of values that obey every rule. */
  long valid() {
    return valid;
  }

  /** Returns the number of values that obey rule {@code number}. */
  long obeying(int number) {
    return obeying[number];
  }

  @Override
  public void add(Batch batch, Column column) {
    if (column instanceof DictionaryColumn coded) {
      addCoded(batch, coded);
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!Scalars.isMissing(column, row)) {
        add(column, row, 1);
      }
    }
  }

  private void addCoded(Batch batch, DictionaryColumn column) {
    long[] occurrences = new long[column.dictionary().size()];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        occurrences[column.code(row)]++;
      }
    }
    for (int code = 0; code < occurrences.length; code++) {
      if (occurrences[code] > 0) {
        add(column.dictionary(), code, occurrences[code]);
      }
    }
  }

  private void add(Column column, int row, long occurrences) {
    if (column.type().equals(Type.TEXT) && isBlank(column, row)) {
      return;
    }
    present += occurrences;
    boolean all = true;
    for (int i = 0; i < obeying.length; i++) {
      boolean holds = rules.get(i).holds(column, row);
      obeying[i] += holds ? occurrences : 0;
      all &= holds;
    }
    valid += all ? occurrences : 0;
  }

  /** Returns the number of the first rule the value breaks, {@link #VALID} or {@link #MISSING}. */
  int firstBroken(Column column, int row) {
    if (Scalars.isMissing(column, row) || column.type().equals(Type.TEXT) && isBlank(column, row)) {
      return MISSING;
    }
    for (int i = 0; i < rules.size(); i++) {
      if (!rules.get(i).holds(column, row)) {
        return i;
      }
    }
    return VALID;
  }

  private boolean isBlank(Column column, int row) {
    column.sliceAt(row, slice);
    WhiteSpace.trim(slice);
    return slice.length() == 0;
  }

  @Override
  public void merge(ColumnState other) {
    ValidCells cells = (ValidCells) other;
    present += cells.present;
    valid += cells.valid;
    for (int i = 0; i < obeying.length; i++) {
      obeying[i] += cells.obeying[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(present);
    out.writeLong(valid);
    for (long count : obeying) {
      out.writeLong(count);
    }
  }
}
