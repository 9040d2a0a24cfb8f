package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Keys;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that is the same for every sample. */
final class Constant extends Bound {
  /** A batch without fields whose one sample constants are folded over. */
  static final Batch ONE = one();

  /** The value, in a column of one row. */
  final Column column;

  /** The exact number where it was written as a decimal fraction. */
  final Optional<BigDecimal> written;

  private final boolean untyped;
  private @Nullable Column filled;

  private Constant(Type type, Column column, boolean untyped, Optional<BigDecimal> written) {
    super(type, List.of());
    this.column = column;
    this.untyped = untyped;
    this.written = written;
  }

  static Constant of(Type type, @Nullable Object value) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    builder.appendValue(value);
    return new Constant(type, builder.build(), false, Optional.empty());
  }

  static Constant of(Column oneRow) {
    return new Constant(oneRow.type(), oneRow, false, Optional.empty());
  }

  static Constant decimalFraction(BigDecimal value) {
    Constant plain = of(Type.DOUBLE, value.doubleValue());
    return new Constant(Type.DOUBLE, plain.column, false, Optional.of(value));
  }

  /** Returns NULL as written, which takes the type of its surroundings. */
  static Constant untypedNull() {
    return new Constant(Type.TEXT, of(Type.TEXT, null).column, true, Optional.empty());
  }

  boolean isUntyped() {
    return untyped;
  }

  boolean isNull() {
    return column.isNull(0);
  }

  @Override
  Column evaluate(Batch batch) {
    int rows = batch.rows();
    Column known = filled;
    if (known == null || known.size() != rows) {
      known = fill(rows);
      filled = known;
    }
    return known;
  }

  private Column fill(int rows) {
    Nulls nulls = isNull() ? Nulls.all(rows) : Nulls.NONE;
    if (column instanceof TextColumn texts) {
      // Every row is the same slice.
      int[] starts = new int[rows];
      int[] ends = new int[rows];
      Arrays.fill(starts, texts.start(0));
      Arrays.fill(ends, texts.end(0));
      return new TextColumn(type, texts.bytes(), starts, ends, rows, nulls);
    }
    Target target = new Target(type, rows, nulls);
    for (int row = 0; row < rows && !isNull(); row++) {
      target.copy(column, 0, row);
    }
    return target.build();
  }

  @Override
  boolean isEmittable() {
    return switch (type.kind()) {
      // A graph hands its constants out in UTF-8, which Java reads otherwise beyond the BMP.
      case TEXT ->
          isNull()
              || column.textAt(0).chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
      case LONG, DOUBLE, FLOAT, BOOL -> true;
      case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  String emit(Emission to) {
    if (type.equals(Type.TEXT)) {
      return isNull() ? to.graph().constant("text", List.of(""), 1, 1) : to.text(column.textAt(0));
    }
    if (isNull()) {
      return to.number(Double.NaN);
    }
    return to.number(type.equals(Type.BOOL) ? (column.boolAt(0) ? 1 : 0) : column.doubleAt(0));
  }

  private static Batch one() {
    Keys.Builder keys = new Keys.Builder();
    keys.append(0, 0, 0, 0, 0, (byte) 0);
    return Batch.of(Schema.of(), List.of(), keys.build());
  }
}
