package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.statistics.Scalars;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one value per field in place of missing ones; columns without any are shared. */
final class Filling implements Mapping {
  private final Schema input;
  private final Schema output;
  private final int[] positions;
  private final Map<String, @Nullable Object> values;

  Filling(Schema input, Schema output, int[] positions, Map<String, @Nullable Object> values) {
    this.input = input;
    this.output = output;
    this.positions = positions;
    this.values = values;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    Batch filled = batch;
    for (int position : positions) {
      Column before = batch.column(position);
      @Nullable Object value = values.get(input.field(position).name());
      Column after = filled(before, output.field(position).type(), value);
      if (after != before) {
        filled = filled.with(output.field(position), after);
        out.changed(input.field(position).name(), "imputed", missing(batch, before, value));
      }
    }
    out.keep(filled);
  }

  private static long missing(Batch batch, Column column, @Nullable Object value) {
    long cells = 0;
    for (int i = 0; value != null && i < batch.count(); i++) {
      cells += isMissing(column, batch.row(i)) ? 1 : 0;
    }
    return cells;
  }

  private static Column filled(Column column, Type type, @Nullable Object value) {
    boolean sameType = column.type().equals(type);
    if (sameType && (value == null || !anyMissing(column))) {
      return column;
    }
    if (column instanceof DictionaryColumn coded && value instanceof String text) {
      return filled(coded, text.getBytes(StandardCharsets.UTF_8));
    }
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int row = 0; row < column.size(); row++) {
      if (isMissing(column, row)) {
        append(builder, value);
      } else if (sameType) {
        builder.append(column, row);
      } else {
        builder.appendDouble(column.doubleAt(row));
      }
    }
    return builder.build();
  }

  private static void append(ColumnBuilder builder, @Nullable Object value) {
    if (value instanceof Long whole) {
      builder.appendLong(whole);
    } else {
      builder.appendValue(value);
    }
  }

  private static Column filled(DictionaryColumn column, byte[] value) {
    TextColumn dictionary = column.dictionary();
    int code = code(dictionary, value);
    TextColumn entries = dictionary;
    if (code == dictionary.size()) {
      ColumnBuilder builder = ColumnBuilder.of(Type.TEXT);
      for (int entry = 0; entry < dictionary.size(); entry++) {
        builder.append(dictionary, entry);
      }
      builder.appendSlice(value, 0, value.length);
      entries = (TextColumn) builder.build();
    }
    int[] codes = new int[column.size()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = column.isNull(row) ? code : column.code(row);
    }
    return new DictionaryColumn(entries, codes, codes.length, Nulls.NONE);
  }

  /** Returns the code of {@code value}, or the size of the dictionary where it is not in it. */
  private static int code(TextColumn dictionary, byte[] value) {
    Slice entry = new Slice();
    for (int code = 0; code < dictionary.size(); code++) {
      if (!dictionary.isNull(code)) {
        dictionary.sliceAt(code, entry);
        if (Arrays.equals(entry.bytes, entry.start, entry.end, value, 0, value.length)) {
          return code;
        }
      }
    }
    return dictionary.size();
  }

  private static boolean anyMissing(Column column) {
    if (column.nulls().any()) {
      return true;
    }
    if (column.type().kind() == Type.Kind.DOUBLE || column.type().kind() == Type.Kind.FLOAT) {
      for (int row = 0; row < column.size(); row++) {
        if (Double.isNaN(column.doubleAt(row))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMissing(Column column, int row) {
    return Scalars.isMissing(column, row);
  }
}
