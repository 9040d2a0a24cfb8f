package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import java.util.Arrays;

/**
 * Changes text fields byte by byte: once per dictionary entry where a column has a dictionary, and
 * without copying bytes while texts are only left or narrowed.
 */
public final class TextMapping implements Mapping {
  private final int[] positions;
  private final String rule;
  private final TextChange change;

  /**
   * Makes a mapping that applies {@code change} to the text fields at {@code positions}.
   *
   * @param rule snake_case name of the change, under which changed cells are counted
   */
  public TextMapping(int[] positions, String rule, TextChange change) {
    this.positions = positions.clone();
    this.rule = rule;
    this.change = change;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    Batch changed = batch;
    for (int position : positions) {
      Field field = batch.schema().field(position);
      Column before = batch.column(position);
      Column after = changed(before, change);
      if (after != before) {
        changed = changed.with(field, after);
        out.changed(field.name(), rule, changes(batch, before, after));
      }
    }
    out.keep(changed);
  }

  /** Returns how many selected cells of {@code batch} differ between the columns. */
  private static long changes(Batch batch, Column before, Column after) {
    long cells = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (before.isNull(row)) {
        continue;
      }
      cells += after.isNull(row) || !same(before, after, row) ? 1 : 0;
    }
    return cells;
  }

  private static boolean same(Column before, Column after, int row) {
    if (before instanceof DictionaryColumn a && after instanceof DictionaryColumn b) {
      int code = a.code(row);
      return code == b.code(row) && same(a.dictionary(), b.dictionary(), code);
    }
    TextColumn a = (TextColumn) before;
    TextColumn b = (TextColumn) after;
    return a.length(row) == b.length(row)
        && (a.bytes() == b.bytes() && a.start(row) == b.start(row)
            || Arrays.equals(
                a.bytes(),
                a.start(row),
                a.start(row) + a.length(row),
                b.bytes(),
                b.start(row),
                b.start(row) + b.length(row)));
  }

  /** Returns {@code column} with {@code change} applied to every text, itself if none changed. */
  public static Column changed(Column column, TextChange change) {
    return column instanceof DictionaryColumn coded
        ? changed(coded, change)
        : changed((TextColumn) column, change);
  }

  private static Column changed(DictionaryColumn column, TextChange change) {
    Column entries = changed(column.dictionary(), change);
    if (entries == column.dictionary()) {
      return column;
    }
    Nulls.Builder nulls = new Nulls.Builder();
    int[] codes = new int[column.size()];
    for (int row = 0; row < codes.length; row++) {
      boolean missing = column.isNull(row) || entries.isNull(column.code(row));
      codes[row] = missing ? -1 : column.code(row);
      if (missing) {
        nulls.set(row);
      }
    }
    return new DictionaryColumn((TextColumn) entries, codes, codes.length, nulls.build());
  }

  private static Column changed(TextColumn column, TextChange change) {
    int rows = column.size();
    byte[] bytes = column.bytes();
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    Nulls.Builder nulls = new Nulls.Builder();
    Slice text = new Slice();
    boolean same = true;
    for (int row = 0; row < rows; row++) {
      if (column.isNull(row)) {
        nulls.set(row);
        continue;
      }
      column.sliceAt(row, text);
      boolean there = change.apply(text);
      if (there && text.bytes != bytes) {
        return copied(column, change, starts, ends, row, text);
      }
      same &= there && text.start == column.start(row) && text.end == column.end(row);
      starts[row] = there ? text.start : 0;
      ends[row] = there ? text.end : 0;
      if (!there) {
        nulls.set(row);
        // Marks the row for a later copy, see below.
        ends[row] = -1;
      }
    }
    if (same) {
      return column;
    }
    for (int row = 0; row < rows; row++) {
      ends[row] = Math.max(ends[row], starts[row]);
    }
    return new TextColumn(Type.TEXT, bytes, starts, ends, rows, nulls.build());
  }

  /** Goes on from {@code row}, whose new text {@code text} lies in other bytes, by copying. */
  private static Column copied(
      TextColumn column, TextChange change, int[] starts, int[] ends, int row, Slice text) {
    ColumnBuilder builder = ColumnBuilder.of(Type.TEXT);
    // Most changes keep or shorten; what grows beyond this finds room as it comes.
    long size = text.length();
    for (int all = 0; all < column.size(); all++) {
      size += column.length(all);
    }
    builder.reserve(column.size(), size);
    for (int done = 0; done < row; done++) {
      if (column.isNull(done) || ends[done] < 0) {
        builder.appendNull();
      } else {
        builder.appendSlice(column.bytes(), starts[done], ends[done]);
      }
    }
    builder.appendSlice(text.bytes, text.start, text.end);
    for (int next = row + 1; next < column.size(); next++) {
      if (!column.isNull(next) && change.apply(column.sliceAt(next, text))) {
        builder.appendSlice(text.bytes, text.start, text.end);
      } else {
        builder.appendNull();
      }
    }
    return builder.build();
  }

  /** Returns the texts of an array of strings as UTF-8, for changes that compare bytes. */
  public static byte[][] utf8(Iterable<String> texts) {
    byte[][] all = new byte[16][];
    int size = 0;
    for (String text : texts) {
      if (size == all.length) {
        all = Arrays.copyOf(all, 2 * size);
      }
      all[size++] = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
    return Arrays.copyOf(all, size);
  }
}
