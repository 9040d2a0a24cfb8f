package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.engine.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order of a sort: fields one after the other, missing values last in either direction, then
 * the rank. Texts compare by their bytes, which is by code point; NaN comes behind all numbers.
 */
final class FieldOrder implements RowOrder {
  private final int[] positions;
  private final boolean[] descending;
  private final Schema keySchema;
  private final Slice first = new Slice();
  private final Slice second = new Slice();

  FieldOrder(Schema schema, List<SortKey> keys) {
    positions = new int[keys.size()];
    descending = new boolean[keys.size()];
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      int position = schema.indexOf(keys.get(i).field());
      if (position < 0 || !schema.field(position).type().isScalar()) {
        throw new IllegalArgumentException(
            "sort key must be a scalar field; found: " + keys.get(i).field());
      }
      positions[i] = position;
      descending[i] = keys.get(i).direction() == SortKey.Direction.DESCENDING;
      fields.add(Field.of("key" + i, schema.field(position).type()));
    }
    keySchema = new Schema(fields);
  }

  /** Returns the fields of views. */
  Schema keySchema() {
    return keySchema;
  }

  @Override
  public Batch view(Batch batch) {
    List<Column> columns = new ArrayList<>(positions.length);
    for (int position : positions) {
      columns.add(batch.column(position));
    }
    return batch.with(keySchema, columns);
  }

  @Override
  public long prefix(int input, Batch view, int row) {
    if (positions.length == 0) {
      return view.keys().origin(row);
    }
    Column column = view.column(0);
    if (column.isNull(row)) {
      return Long.MAX_VALUE;
    }
    long prefix = prefix(column, row);
    return descending[0] ? ~prefix : prefix;
  }

  private long prefix(Column column, int row) {
    return switch (column.type().kind()) {
      case LONG, TIMESTAMP, DATE -> column.longAt(row);
      case DOUBLE, FLOAT -> {
        long bits = Double.doubleToLongBits(column.doubleAt(row) + 0.0);
        yield bits ^ ((bits >> 63) >>> 1);
      }
      case DECIMAL -> ((DecimalColumn) column).high(row);
      case BOOL -> column.boolAt(row) ? 1 : 0;
      case TEXT, BYTES -> {
        column.sliceAt(row, first);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
          bits = bits << 8 | (i < first.length() ? first.bytes[first.start + i] & 0xff : 0);
        }
        yield bits ^ Long.MIN_VALUE;
      }
      case LIST, STRUCT -> throw new IllegalStateException("sort key must be scalar");
    };
  }

  @Override
  public int sameness(int input, Batch view, int row) {
    return positions.length == 0 ? 0 : -1;
  }

  @Override
  public int compare(int inputA, Batch a, int rowA, int inputB, Batch b, int rowB) {
    for (int i = 0; i < positions.length; i++) {
      int order = compare(a.column(i), rowA, b.column(i), rowB, descending[i] ? -1 : 1);
      if (order != 0) {
        return order;
      }
    }
    return a.keys().compareRank(rowA, b.keys(), rowB);
  }

  /** Compares rows of two batches of the schema, which are no views. */
  int compareWhole(Batch a, int rowA, Batch b, int rowB) {
    for (int i = 0; i < positions.length; i++) {
      int sign = descending[i] ? -1 : 1;
      int order = compare(a.column(positions[i]), rowA, b.column(positions[i]), rowB, sign);
      if (order != 0) {
        return order;
      }
    }
    return a.keys().compareRank(rowA, b.keys(), rowB);
  }

  private int compare(Column a, int rowA, Column b, int rowB, int sign) {
    boolean missingA = a.isNull(rowA);
    boolean missingB = b.isNull(rowB);
    if (missingA || missingB) {
      return Boolean.compare(missingA, missingB);
    }
    return sign
        * switch (a.type().kind()) {
          case LONG, TIMESTAMP, DATE -> Long.compare(a.longAt(rowA), b.longAt(rowB));
          case DOUBLE, FLOAT -> Double.compare(a.doubleAt(rowA) + 0.0, b.doubleAt(rowB) + 0.0);
          case DECIMAL -> {
            DecimalColumn one = (DecimalColumn) a;
            DecimalColumn other = (DecimalColumn) b;
            int order = Long.compare(one.high(rowA), other.high(rowB));
            yield order != 0 ? order : Long.compareUnsigned(one.low(rowA), other.low(rowB));
          }
          case BOOL -> Boolean.compare(a.boolAt(rowA), b.boolAt(rowB));
          case TEXT, BYTES -> {
            a.sliceAt(rowA, first);
            b.sliceAt(rowB, second);
            yield Arrays.compareUnsigned(
                first.bytes, first.start, first.end, second.bytes, second.start, second.end);
          }
          case LIST, STRUCT -> throw new IllegalStateException("sort key must be scalar");
        };
  }
}
