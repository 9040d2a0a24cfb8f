package dev.quern.privacy.transform;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.privacy.recognise.CellText;
import dev.quern.privacy.recognise.NestedValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that findings name.
 *
 * @param path its field, or the path within it
 * @param position of the field
 * @param column in which the value stands
 * @param row of {@code column}
 */
record NamedValue(String path, int position, Column column, int row) {

  /**
   * Returns what findings of a sample name, by path; what is within lists and structs is looked at
   * only where one of them names no field.
   */
  static Map<String, NamedValue> of(Batch batch, int row, List<FindingSpans.Span> spans) {
    Map<String, NamedValue> all = new HashMap<>();
    boolean within = false;
    for (FindingSpans.Span span : spans) {
      int position = batch.schema().indexOf(span.field());
      if (position >= 0) {
        all.put(span.field(), new NamedValue(span.field(), position, batch.column(position), row));
      }
      within |= position < 0;
    }
    for (int i = 0; within && i < batch.schema().size(); i++) {
      int position = i;
      Field field = batch.schema().field(i);
      if (NestedValues.areIn(field.type(), CellText::isOf)) {
        NestedValues.each(
            field,
            batch.column(i),
            row,
            (path, name, column, at) -> {
              String written = path.toString();
              all.putIfAbsent(written, new NamedValue(written, position, column, at));
            });
      }
    }
    return all;
  }

  boolean isMissing() {
    return column.isNull(row);
  }

  /** Returns the place of a stretch of it; texts of one field are told apart by their paths. */
  Replacement.Place place(Batch batch, int sample, long start) {
    boolean within = !batch.schema().field(position).name().equals(path);
    long first = within ? start + ((path.hashCode() & 0xFFFF_FFFFL) << 31) : start;
    return new Replacement.Place(batch, sample, position, first);
  }
}
