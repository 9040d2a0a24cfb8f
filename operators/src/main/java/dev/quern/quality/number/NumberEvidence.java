package dev.quern.quality.number;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.statistics.ColumnState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** How many texts of a field are numbers with a decimal point, with a comma, or with either. */
public final class NumberEvidence implements ColumnState {
  private static final int VERSION = 1;

  /** Part of the decisive texts that may speak against the sign that is chosen. */
  private static final double TOLERATED = 0.05;

  private final NumberText text = new NumberText();
  private final long[] counts = new long[4];
  private final Slice slice = new Slice();

  /** Returns the evidence that was written. */
  public static NumberEvidence read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("number evidence: version must be 1; found: " + version);
    }
    NumberEvidence evidence = new NumberEvidence();
    for (int i = 0; i < evidence.counts.length; i++) {
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
        counts[signs(column, row, known)]++;
      }
    }
  }

  private int signs(Column column, int row, int[] known) {
    if (!(column instanceof DictionaryColumn coded)) {
      return text.signs(column.sliceAt(row, slice));
    }
    int code = coded.code(row);
    if (known[code] == 0) {
      known[code] = 1 + text.signs(column.sliceAt(row, slice));
    }
    return known[code] - 1;
  }

  @Override
  public void merge(ColumnState other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += ((NumberEvidence) other).counts[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  /**
   * Returns the sign of the decisive texts, if at most one in twenty of them speaks for the other;
   * without decisive texts the point, the sign of English and Chinese.
   */
  public Optional<DecimalSign> sign() {
    long point = counts[DecimalSign.POINT.bit()];
    long comma = counts[DecimalSign.COMMA.bit()];
    double tolerated = TOLERATED * (point + comma);
    if (comma <= tolerated) {
      return Optional.of(DecimalSign.POINT);
    }
    return point <= tolerated ? Optional.of(DecimalSign.COMMA) : Optional.empty();
  }
}
