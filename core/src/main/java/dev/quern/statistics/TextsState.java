package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The {@link TextCounts} of a text field; one addition per dictionary entry of a batch. */
public final class TextsState implements ColumnState {
  private final TextCounts counts;
  private final Slice slice = new Slice();

  /** Makes a state that has seen nothing. */
  public TextsState() {
    this(new TextCounts());
  }

  private TextsState(TextCounts counts) {
    this.counts = counts;
  }

  /** Returns the state that was written. */
  public static TextsState read(DataInput in) throws IOException {
    return new TextsState(TextCounts.read(in));
  }

  /** Returns the counts. */
  public TextCounts counts() {
    return counts;
  }

  @Override
  public void add(Batch batch, Column column) {
    if (column instanceof DictionaryColumn coded) {
      addCoded(batch, coded);
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        column.sliceAt(row, slice);
        counts.add(slice.bytes, slice.start, slice.end, 1);
      }
    }
  }

  private void addCoded(Batch batch, DictionaryColumn column) {
    TextColumn dictionary = column.dictionary();
    long[] occurrences = new long[dictionary.size()];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        occurrences[column.code(row)]++;
      }
    }
    for (int code = 0; code < occurrences.length; code++) {
      if (occurrences[code] > 0) {
        counts.add(
            dictionary.bytes(), dictionary.start(code), dictionary.end(code), occurrences[code]);
      }
    }
  }

  @Override
  public void merge(ColumnState other) {
    counts.merge(((TextsState) other).counts);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    counts.write(out);
  }
}
