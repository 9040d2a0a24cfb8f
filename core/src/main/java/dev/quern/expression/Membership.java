package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.LongColumn;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.onnx.OnnxText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a text, long, time or double is one of several constants. */
final class Membership extends OverText {
  private final List<Constant> constants;
  private final TextSet texts;
  private final long[] longs;
  private final double[] doubles;

  /** Makes the test; the constants have the type of {@code value} and are not null. */
  Membership(Bound value, List<Constant> constants) {
    super(Type.BOOL, List.of(value));
    this.constants = List.copyOf(constants);
    Type.Kind kind = value.type.kind();
    boolean text = kind == Type.Kind.TEXT || kind == Type.Kind.BYTES;
    boolean number = kind == Type.Kind.DOUBLE;
    List<byte[]> bytes = new ArrayList<>();
    if (text) {
      constants.forEach(constant -> bytes.add(Leaves.bytes(constant.column, 0)));
    }
    this.texts = new TextSet(bytes);
    this.longs =
        text || number
            ? new long[0]
            : constants.stream().mapToLong(c -> c.column.longAt(0)).sorted().toArray();
    // Adding 0.0 makes one zero of two.
    this.doubles =
        number
            ? constants.stream().mapToDouble(c -> c.column.doubleAt(0) + 0.0).sorted().toArray()
            : new double[0];
  }

  /** Returns whether values of {@code type} can be tested. */
  static boolean supports(Type type) {
    return switch (type.kind()) {
      case TEXT, BYTES, LONG, TIMESTAMP, DATE, DOUBLE -> true;
      case FLOAT, DECIMAL, BOOL, LIST, STRUCT -> false;
    };
  }

  @Override
  Column evaluate(Batch batch) {
    return applyTo(inputs.get(0).evaluate(batch), batch);
  }

  @Override
  Column apply(Column column, Rows rows) {
    boolean[] out = new boolean[column.size()];
    int n = rows.count();
    if (column instanceof TextColumn slices) {
      byte[] bytes = slices.bytes();
      boolean nulls = column.nulls().any();
      for (int i = 0; i < n; i++) {
        int row = rows.row(i);
        if (nulls && column.isNull(row)) {
          continue;
        }
        out[row] = texts.contains(bytes, slices.start(row), slices.end(row));
      }
    } else if (column instanceof LongColumn whole) {
      long[] values = whole.values();
      for (int i = 0; i < n; i++) {
        int row = rows.row(i);
        out[row] = Arrays.binarySearch(longs, values[row]) >= 0;
      }
    } else {
      boolean number = column.type().equals(Type.DOUBLE);
      Slice slice = new Slice();
      for (int i = 0; i < n; i++) {
        int row = rows.row(i);
        if (column.isNull(row)) {
          continue;
        }
        if (number) {
          out[row] = Arrays.binarySearch(doubles, column.doubleAt(row) + 0.0) >= 0;
        } else {
          column.sliceAt(row, slice);
          out[row] = texts.contains(slice.bytes, slice.start, slice.end);
        }
      }
    }
    return new BoolColumn(out, column.size(), column.nulls());
  }

  @Override
  boolean isEmittable() {
    return switch (inputs.get(0).type.kind()) {
      case TEXT, LONG, DOUBLE -> true;
      case FLOAT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  Emission.Truth truth(Emission to) {
    String value = to.value(inputs.get(0));
    if (!inputs.get(0).type.equals(Type.TEXT)) {
      Emission.Truth any = null;
      for (Constant constant : constants) {
        Emission.Truth one = Comparison.truth(to, Node.Operator.EQUAL, value, to.value(constant));
        any =
            any == null
                ? one
                : new Emission.Truth(
                    to.node("Or", any.yes(), one.yes()), to.node("And", any.no(), one.no()));
      }
      return java.util.Objects.requireNonNull(any);
    }
    // Missing is category 0, other texts are -1.
    List<@org.jspecify.annotations.Nullable String> categories = new ArrayList<>();
    categories.add(null);
    constants.stream().map(c -> c.column.textAt(0)).distinct().forEach(categories::add);
    String index = OnnxText.categoryIndex(to.graph(), value, categories, -1);
    String zero = to.graph().constant("zero", new long[] {0}, 1, 1);
    return new Emission.Truth(to.node("Greater", index, zero), to.node("Less", index, zero));
  }
}
