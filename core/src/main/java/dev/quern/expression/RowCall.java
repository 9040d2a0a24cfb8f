package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.util.List;
import java.util.Optional;

/** A function computed row by row from its arguments. */
final class RowCall extends OverText {
  /** Puts the value of {@code row} into {@code out}. */
  interface RowFunction {
    void apply(Arguments arguments, Target out, int row);
  }

  /** Adds the function to a graph. */
  interface GraphFunction {
    String emit(Emission to, List<String> arguments);
  }

  /** What a function makes of missing arguments. */
  enum Missing {
    /** The result is missing, and the function is not asked. */
    SPREADS,
    /** The function sees them. */
    SEEN
  }

  private final RowFunction function;
  private final Missing missing;
  private final Optional<GraphFunction> graph;

  /** The one argument that varies where it is a text, else -1. */
  private final int varying;

  RowCall(
      Type type,
      List<Bound> arguments,
      Missing missing,
      RowFunction function,
      Optional<GraphFunction> graph) {
    super(type, arguments);
    this.function = function;
    this.missing = missing;
    this.graph = graph;
    int only = -1;
    int count = 0;
    for (int i = 0; i < arguments.size(); i++) {
      if (!arguments.get(i).isConstant()) {
        only = i;
        count++;
      }
    }
    // A missing text has no entry in the dictionary, so functions that see it go row by row.
    boolean text = count == 1 && arguments.get(only).type.equals(Type.TEXT);
    this.varying = text && missing == Missing.SPREADS ? only : -1;
  }

  @Override
  Column evaluate(Batch batch) {
    if (varying >= 0) {
      return applyTo(inputs.get(varying).evaluate(batch), batch);
    }
    Arguments arguments = new Arguments(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof Constant constant) {
        arguments.constant(i, constant.column);
      } else {
        arguments.column(i, inputs.get(i).evaluate(batch));
      }
    }
    return compute(arguments, Rows.of(batch), batch.rows());
  }

  @Override
  Column apply(Column texts, Rows rows) {
    Arguments arguments = new Arguments(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      if (i == varying) {
        arguments.column(i, texts);
      } else {
        arguments.constant(i, ((Constant) inputs.get(i)).column);
      }
    }
    return compute(arguments, rows, texts.size());
  }

  private Column compute(Arguments arguments, Rows rows, int size) {
    Target out = new Target(type, size, Nulls.NONE);
    for (int i = 0, n = rows.count(); i < n; i++) {
      int row = rows.row(i);
      arguments.row = row;
      if (missing == Missing.SPREADS && arguments.anyNull()) {
        out.setNull(row);
      } else {
        function.apply(arguments, out, row);
      }
    }
    return out.build();
  }

  @Override
  boolean isEmittable() {
    return graph.isPresent();
  }

  @Override
  String emit(Emission to) {
    return graph.orElseThrow().emit(to, inputs.stream().map(to::value).toList());
  }

  /** The arguments in one row; a constant has one row only. */
  static final class Arguments {
    int row;
    private final Column[] columns;
    private final boolean[] constant;
    private final Slice[] slices;

    Arguments(int count) {
      columns = new Column[count];
      constant = new boolean[count];
      slices = new Slice[count];
      for (int i = 0; i < count; i++) {
        slices[i] = new Slice();
      }
    }

    private void constant(int i, Column column) {
      columns[i] = column;
      constant[i] = true;
    }

    private void column(int i, Column column) {
      columns[i] = column;
    }

    int count() {
      return columns.length;
    }

    Column column(int i) {
      return columns[i];
    }

    int row(int i) {
      return constant[i] ? 0 : row;
    }

    private boolean anyNull() {
      for (int i = 0; i < columns.length; i++) {
        if (isNull(i)) {
          return true;
        }
      }
      return false;
    }

    boolean isNull(int i) {
      return columns[i].isNull(row(i));
    }

    long longAt(int i) {
      return columns[i].longAt(row(i));
    }

    double doubleAt(int i) {
      return columns[i].doubleAt(row(i));
    }

    /** Returns the text of argument {@code i}; each argument has a view of its own. */
    Slice slice(int i) {
      return columns[i].sliceAt(row(i), slices[i]);
    }
  }
}
