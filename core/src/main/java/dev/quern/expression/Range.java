package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Type;
import dev.quern.expression.Node.Operator;
import java.util.List;

/** Whether a number or time lies in a closed range: what every comparison with a constant is. */
final class Range extends Bound {
  private final Operator operator;
  private final Constant constant;
  private final long low;
  private final long high;
  private final double from;
  private final double to;

  private Range(Operator operator, Bound value, Constant constant) {
    super(Type.BOOL, List.of(value));
    this.operator = operator;
    this.constant = constant;
    boolean whole = !value.type.equals(Type.DOUBLE);
    long c = whole ? constant.column.longAt(0) : 0;
    double d = whole ? 0 : constant.column.doubleAt(0);
    boolean empty =
        operator == Operator.LESS && (whole ? c == Long.MIN_VALUE : d == Double.NEGATIVE_INFINITY)
            || operator == Operator.GREATER
                && (whole ? c == Long.MAX_VALUE : d == Double.POSITIVE_INFINITY);
    this.low =
        empty
            ? 1
            : switch (operator) {
              case GREATER -> c + 1;
              case GREATER_OR_EQUAL, EQUAL -> c;
              default -> Long.MIN_VALUE;
            };
    this.high =
        empty
            ? 0
            : switch (operator) {
              case LESS -> c - 1;
              case LESS_OR_EQUAL, EQUAL -> c;
              default -> Long.MAX_VALUE;
            };
    this.from =
        empty
            ? 1
            : switch (operator) {
              case GREATER -> Math.nextUp(d);
              case GREATER_OR_EQUAL, EQUAL -> d;
              default -> Double.NEGATIVE_INFINITY;
            };
    this.to =
        empty
            ? 0
            : switch (operator) {
              case LESS -> Math.nextDown(d);
              case LESS_OR_EQUAL, EQUAL -> d;
              default -> Double.POSITIVE_INFINITY;
            };
  }

  /** Returns the comparison of {@code value}, a long, time or double, with {@code constant}. */
  static Bound of(Operator operator, Bound value, Constant constant) {
    return new Range(operator, value, constant);
  }

  @Override
  Column evaluate(Batch batch) {
    Column column = inputs.get(0).evaluate(batch);
    boolean[] out = new boolean[batch.rows()];
    int n = batch.count();
    if (column instanceof LongColumn longs) {
      long[] values = longs.values();
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = values[row] >= low & values[row] <= high;
      }
    } else {
      double[] values = ((DoubleColumn) column).values();
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = values[row] >= from & values[row] <= to;
      }
    }
    return new BoolColumn(out, batch.rows(), column.nulls());
  }

  @Override
  boolean isEmittable() {
    return constant.isEmittable();
  }

  @Override
  Emission.Truth truth(Emission emission) {
    return Comparison.truth(
        emission, operator, emission.value(inputs.get(0)), emission.value(constant));
  }
}
