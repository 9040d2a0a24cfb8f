package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.Type;
import dev.quern.expression.Node.Operator;
import java.util.List;

/** AND and OR of three values: known where the known sides decide, else null. */
final class Logic extends Bound {
  private final boolean and;

  Logic(Operator operator, List<Bound> inputs) {
    super(Type.BOOL, inputs);
    this.and = operator == Operator.AND;
  }

  @Override
  Column evaluate(Batch batch) {
    BoolColumn all = (BoolColumn) inputs.get(0).evaluate(batch);
    for (Bound input : inputs.subList(1, inputs.size())) {
      all = both(all, (BoolColumn) input.evaluate(batch), batch);
    }
    return all;
  }

  private BoolColumn both(BoolColumn left, BoolColumn right, Batch batch) {
    boolean[] a = left.values();
    boolean[] b = right.values();
    int rows = batch.rows();
    int n = batch.count();
    boolean[] out = new boolean[rows];
    if (!left.nulls().any() && !right.nulls().any()) {
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = and ? a[row] & b[row] : a[row] | b[row];
      }
      return new BoolColumn(out, rows, Nulls.NONE);
    }
    long[] unknown = new long[(rows + 63) >>> 6];
    for (int i = 0; i < n; i++) {
      int row = batch.row(i);
      boolean x = !left.isNull(row);
      boolean y = !right.isNull(row);
      // What decides AND is a known false, what decides OR a known true.
      boolean decided = x & (a[row] != and) | y & (b[row] != and);
      out[row] = decided != and;
      if (!decided & !(x & y)) {
        unknown[row >>> 6] |= 1L << row;
      }
    }
    return new BoolColumn(out, rows, Nulls.of(unknown));
  }

  @Override
  boolean isEmittable() {
    return true;
  }

  @Override
  Emission.Truth truth(Emission to) {
    Emission.Truth all = to.truth(inputs.get(0));
    for (Bound input : inputs.subList(1, inputs.size())) {
      Emission.Truth next = to.truth(input);
      all =
          new Emission.Truth(
              to.node(and ? "And" : "Or", all.yes(), next.yes()),
              to.node(and ? "Or" : "And", all.no(), next.no()));
    }
    return all;
  }

  /** NOT; null stays null. */
  static final class Not extends Bound {
    Not(Bound input) {
      super(Type.BOOL, List.of(input));
    }

    @Override
    Column evaluate(Batch batch) {
      BoolColumn column = (BoolColumn) inputs.get(0).evaluate(batch);
      boolean[] values = column.values();
      boolean[] out = new boolean[batch.rows()];
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        out[row] = !values[row];
      }
      return new BoolColumn(out, batch.rows(), column.nulls());
    }

    @Override
    boolean isEmittable() {
      return true;
    }

    @Override
    Emission.Truth truth(Emission to) {
      Emission.Truth of = to.truth(inputs.get(0));
      return new Emission.Truth(of.no(), of.yes());
    }
  }

  /** IS NULL; never null itself. */
  static final class IsNull extends Bound {
    IsNull(Bound input) {
      super(Type.BOOL, List.of(input));
    }

    @Override
    Column evaluate(Batch batch) {
      Nulls nulls = inputs.get(0).evaluate(batch).nulls();
      boolean[] out = new boolean[batch.rows()];
      for (int i = 0, n = nulls.any() ? batch.count() : 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = nulls.at(row);
      }
      return new BoolColumn(out, batch.rows(), Nulls.NONE);
    }

    @Override
    boolean isEmittable() {
      return true;
    }

    @Override
    Emission.Truth truth(Emission to) {
      return missing(to, inputs.get(0));
    }

    static Emission.Truth missing(Emission to, Bound input) {
      String is;
      if (input.type.equals(Type.TEXT)) {
        List<@org.jspecify.annotations.Nullable String> missing = new java.util.ArrayList<>();
        missing.add(null);
        String index =
            dev.quern.onnx.OnnxText.categoryIndex(to.graph(), to.value(input), missing, 1);
        is = to.node("Equal", index, to.graph().constant("zero", new long[] {0}, 1, 1));
      } else {
        is = to.node("IsNaN", to.value(input));
      }
      return new Emission.Truth(is, to.node("Not", is));
    }
  }
}
