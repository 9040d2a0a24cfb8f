package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.FloatColumn;
import dev.quern.data.ListColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.StructColumn;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.List;

/** Columns of a batch with more nulls than they came with. */
final class Leaves {
  private Leaves() {}

  /** Returns {@code column} with NaN as missing in the selected rows. */
  static Column withoutNaN(Column column, Batch batch) {
    long[] bits = new long[(column.size() + 63) >>> 6];
    boolean any = false;
    if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.values();
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        if (Double.isNaN(values[row])) {
          bits[row >>> 6] |= 1L << row;
          any = true;
        }
      }
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.values();
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        if (Float.isNaN(values[row])) {
          bits[row >>> 6] |= 1L << row;
          any = true;
        }
      }
    }
    return any ? with(column, Nulls.of(bits)) : column;
  }

  /** Returns {@code column}, null also in the rows of {@code more}. */
  static Column with(Column column, Nulls more) {
    Nulls nulls = Nulls.either(column.nulls(), more);
    int size = column.size();
    if (nulls == column.nulls()) {
      return column;
    }
    if (column instanceof LongColumn longs) {
      return new LongColumn(column.type(), longs.values(), size, nulls);
    }
    if (column instanceof DoubleColumn doubles) {
      return new DoubleColumn(doubles.values(), size, nulls);
    }
    if (column instanceof FloatColumn floats) {
      return new FloatColumn(floats.values(), size, nulls);
    }
    if (column instanceof BoolColumn bools) {
      return new BoolColumn(bools.values(), size, nulls);
    }
    if (column instanceof ListColumn lists) {
      int[] starts = new int[size + 1];
      for (int row = 0; row < size; row++) {
        starts[row] = lists.start(row);
        starts[row + 1] = lists.end(row);
      }
      return new ListColumn(column.type(), starts, lists.elements(), size, nulls);
    }
    if (column instanceof StructColumn structs) {
      Type.Struct type = (Type.Struct) column.type();
      List<Column> parts = new ArrayList<>();
      for (int i = 0; i < type.schema().size(); i++) {
        parts.add(structs.part(i));
      }
      return new StructColumn(type, parts, size, nulls);
    }
    return slices(column, nulls);
  }

  private static Column slices(Column column, Nulls nulls) {
    int size = column.size();
    if (column instanceof DecimalColumn decimals) {
      long[] high = new long[size];
      long[] low = new long[size];
      for (int row = 0; row < size; row++) {
        high[row] = decimals.high(row);
        low[row] = decimals.low(row);
      }
      return new DecimalColumn((Type.Decimal) column.type(), high, low, size, nulls);
    }
    if (column instanceof DictionaryColumn coded) {
      int[] codes = new int[size];
      for (int row = 0; row < size; row++) {
        codes[row] = nulls.at(row) ? -1 : coded.code(row);
      }
      return new DictionaryColumn(coded.dictionary(), codes, size, nulls);
    }
    TextColumn texts = (TextColumn) column;
    int[] starts = new int[size];
    int[] ends = new int[size];
    for (int row = 0; row < size; row++) {
      starts[row] = texts.start(row);
      ends[row] = texts.end(row);
    }
    return new TextColumn(column.type(), texts.bytes(), starts, ends, size, nulls);
  }

  /** The value of a field. */
  static final class OfField extends Bound {
    final String name;
    private final int position;

    OfField(String name, int position, Type type) {
      super(type, List.of());
      this.name = name;
      this.position = position;
    }

    @Override
    Column evaluate(Batch batch) {
      return withoutNaN(batch.column(position), batch);
    }

    @Override
    boolean isEmittable() {
      return switch (type.kind()) {
        case TEXT, LONG, DOUBLE, FLOAT, BOOL -> true;
        case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
      };
    }

    @Override
    String emit(Emission to) {
      return to.field(name);
    }
  }

  /** A part of a struct; null where the struct is. */
  static final class OfStruct extends Bound {
    private final int position;

    OfStruct(Bound struct, int position, Type type) {
      super(type, List.of(struct));
      this.position = position;
    }

    @Override
    Column evaluate(Batch batch) {
      StructColumn structs = (StructColumn) inputs.get(0).evaluate(batch);
      return withoutNaN(with(structs.part(position), structs.nulls()), batch);
    }
  }

  /** A value computed once per batch though several parts of the expression ask for it. */
  static final class Once extends Bound {
    private @org.jspecify.annotations.Nullable Batch batch;
    private @org.jspecify.annotations.Nullable Column column;

    Once(Bound input) {
      super(input.type, List.of(input));
    }

    @Override
    Column evaluate(Batch asked) {
      Column known = column;
      if (known == null || asked != batch) {
        known = inputs.get(0).evaluate(asked);
        batch = asked;
        column = known;
      }
      return known;
    }

    /** Lets go of the last batch. */
    void forget() {
      batch = null;
      column = null;
    }

    @Override
    boolean isEmittable() {
      return true;
    }

    @Override
    String emit(Emission to) {
      return to.value(inputs.get(0));
    }

    @Override
    Emission.Truth truth(Emission to) {
      return to.truth(inputs.get(0));
    }
  }

  /** Returns the bytes of a text's {@code row}, copied. */
  static byte[] bytes(Column column, int row) {
    Slice slice = column.sliceAt(row, new Slice());
    return java.util.Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
  }
}
