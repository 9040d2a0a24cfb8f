package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.List;

/** The first result whose condition is true, else the last one. */
final class Conditional extends Bound {
  private final int conditions;

  /** Makes a choice; there is one result more than conditions, and all have {@code type}. */
  Conditional(Type type, List<Bound> conditions, List<Bound> results) {
    super(type, joined(conditions, results));
    this.conditions = conditions.size();
  }

  private static List<Bound> joined(List<Bound> conditions, List<Bound> results) {
    List<Bound> all = new ArrayList<>(conditions);
    all.addAll(results);
    return all;
  }

  @Override
  Column evaluate(Batch batch) {
    int rows = batch.rows();
    // The result each row takes; as no result fails, all may be computed for all rows.
    int[] choice = new int[rows];
    java.util.Arrays.fill(choice, conditions);
    for (int c = conditions - 1; c >= 0; c--) {
      BoolColumn when = (BoolColumn) inputs.get(c).evaluate(batch);
      boolean[] values = when.values();
      boolean nulls = when.nulls().any();
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        if (values[row] && !(nulls && when.isNull(row))) {
          choice[row] = c;
        }
      }
    }
    Column[] results = new Column[conditions + 1];
    for (int c = 0; c <= conditions; c++) {
      results[c] = inputs.get(conditions + c).evaluate(batch);
    }
    Target out = new Target(type, rows, Nulls.NONE);
    for (int i = 0, n = batch.count(); i < n; i++) {
      int row = batch.row(i);
      out.copy(results[choice[row]], row, row);
    }
    return out.build();
  }

  @Override
  boolean isEmittable() {
    return switch (type.kind()) {
      case TEXT, LONG, DOUBLE, BOOL -> true;
      case FLOAT, DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  String emit(Emission to) {
    String value = to.value(inputs.get(2 * conditions));
    for (int c = conditions - 1; c >= 0; c--) {
      String result = to.value(inputs.get(conditions + c));
      value = to.node("Where", to.truth(inputs.get(c)).yes(), result, value);
    }
    return value;
  }

  @Override
  Emission.Truth truth(Emission to) {
    String value = emit(to);
    return new Emission.Truth(
        to.node("Equal", value, to.number(1)), to.node("Equal", value, to.number(0)));
  }

  /** The first value that is not missing. */
  static final class Coalesce extends Bound {
    Coalesce(Type type, List<Bound> values) {
      super(type, values);
    }

    @Override
    Column evaluate(Batch batch) {
      Column[] columns = new Column[inputs.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = inputs.get(i).evaluate(batch);
        if (i == 0 && !columns[0].nulls().any()) {
          return columns[0];
        }
      }
      Target out = new Target(type, batch.rows(), Nulls.NONE);
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        int c = 0;
        while (c < columns.length - 1 && columns[c].isNull(row)) {
          c++;
        }
        out.copy(columns[c], row, row);
      }
      return out.build();
    }

    @Override
    boolean isEmittable() {
      return switch (type.kind()) {
        case TEXT, LONG, DOUBLE, BOOL -> true;
        case FLOAT, DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
      };
    }

    @Override
    String emit(Emission to) {
      String value = to.value(inputs.get(inputs.size() - 1));
      for (int i = inputs.size() - 2; i >= 0; i--) {
        Bound input = inputs.get(i);
        String missing = Logic.IsNull.missing(to, input).yes();
        value = to.node("Where", missing, value, to.value(input));
      }
      return value;
    }
  }
}
