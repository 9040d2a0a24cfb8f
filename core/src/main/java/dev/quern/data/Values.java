package dev.quern.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of columns as Java objects. */
final class Values {
  private Values() {}

  static Object box(Column column, int row) {
    return switch (column.type().kind()) {
      case TEXT -> column.textAt(row);
      case LONG -> column.longAt(row);
      case DOUBLE -> column.doubleAt(row);
      case FLOAT -> (float) column.doubleAt(row);
      case DECIMAL -> column.decimalAt(row);
      case BOOL -> column.boolAt(row);
      case TIMESTAMP -> Instant.EPOCH.plus(column.longAt(row), ChronoUnit.MICROS);
      case DATE -> LocalDate.ofEpochDay(column.longAt(row));
      case BYTES -> bytes(column, row);
      case LIST -> list((ListColumn) column, row);
      case STRUCT -> struct((StructColumn) column, row);
    };
  }

  private static byte[] bytes(Column column, int row) {
    Slice slice = column.sliceAt(row, new Slice());
    return Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
  }

  private static List<@Nullable Object> list(ListColumn column, int row) {
    List<@Nullable Object> values = new ArrayList<>(column.end(row) - column.start(row));
    for (int i = column.start(row); i < column.end(row); i++) {
      values.add(column.elements().valueAt(i));
    }
    return values;
  }

  private static Map<String, @Nullable Object> struct(StructColumn column, int row) {
    Schema schema = ((Type.Struct) column.type()).schema();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < schema.size(); i++) {
      values.put(schema.field(i).name(), column.part(i).valueAt(row));
    }
    return values;
  }
}
