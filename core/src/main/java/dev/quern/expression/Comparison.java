package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.expression.Node.Operator;
import java.util.Arrays;
import java.util.List;

/** Comparisons of two values of one type; null where either is. */
final class Comparison extends Bound {
  private final Operator operator;

  /** Whether the operator holds for less, equal and greater. */
  private final boolean[] holds;

  private Comparison(Operator operator, Bound left, Bound right) {
    super(Type.BOOL, List.of(left, right));
    this.operator = operator;
    this.holds =
        switch (operator) {
          case EQUAL -> new boolean[] {false, true, false};
          case NOT_EQUAL -> new boolean[] {true, false, true};
          case LESS -> new boolean[] {true, false, false};
          case LESS_OR_EQUAL -> new boolean[] {true, true, false};
          case GREATER -> new boolean[] {false, false, true};
          case GREATER_OR_EQUAL -> new boolean[] {false, true, true};
          case OR, AND, ADD, SUBTRACT, CONCAT, MULTIPLY, DIVIDE, REMAINDER ->
              throw new IllegalArgumentException("operator must compare; found: " + operator);
        };
  }

  /** Returns the comparison of {@code left} and {@code right}, which have one type. */
  static Bound of(Operator operator, Bound left, Bound right) {
    if (left instanceof Constant && !(right instanceof Constant)) {
      return of(mirrored(operator), right, left);
    }
    if (right instanceof Constant constant) {
      if (constant.isNull()) {
        return Constant.of(Type.BOOL, null);
      }
      if (operator == Operator.NOT_EQUAL) {
        return new Logic.Not(of(Operator.EQUAL, left, right));
      }
      switch (left.type.kind()) {
        case LONG, TIMESTAMP, DATE, DOUBLE -> {
          return Range.of(operator, left, constant);
        }
        case TEXT, BYTES -> {
          if (operator == Operator.EQUAL) {
            return new Membership(left, List.of(constant));
          }
        }
        case FLOAT, DECIMAL, BOOL, LIST, STRUCT -> {}
      }
    }
    return new Comparison(operator, left, right);
  }

  private static Operator mirrored(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case OR, AND, EQUAL, NOT_EQUAL, ADD, SUBTRACT, CONCAT, MULTIPLY, DIVIDE, REMAINDER ->
          operator;
    };
  }

  @Override
  Column evaluate(Batch batch) {
    Column left = inputs.get(0).evaluate(batch);
    Column right = inputs.get(1).evaluate(batch);
    Nulls nulls = Nulls.either(left.nulls(), right.nulls());
    boolean[] out = new boolean[batch.rows()];
    int n = batch.count();
    if (left instanceof LongColumn a && right instanceof LongColumn b) {
      long[] x = a.values();
      long[] y = b.values();
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = holds[1 + Long.compare(x[row], y[row])];
      }
    } else if (left instanceof DoubleColumn a && right instanceof DoubleColumn b) {
      double[] x = a.values();
      double[] y = b.values();
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        out[row] = holds[x[row] < y[row] ? 0 : x[row] > y[row] ? 2 : 1];
      }
    } else {
      Slice one = new Slice();
      Slice other = new Slice();
      for (int i = 0; i < n; i++) {
        int row = batch.row(i);
        if (!nulls.at(row)) {
          out[row] = holds[1 + Integer.signum(compare(left, row, right, row, one, other))];
        }
      }
    }
    return new BoolColumn(out, batch.rows(), nulls);
  }

  /** Compares values that are not null; texts and bytes by unsigned bytes, so by code points. */
  static int compare(Column left, int row, Column right, int otherRow, Slice one, Slice other) {
    return switch (left.type().kind()) {
      case TEXT, BYTES -> {
        left.sliceAt(row, one);
        right.sliceAt(otherRow, other);
        yield Arrays.compareUnsigned(
            one.bytes, one.start, one.end, other.bytes, other.start, other.end);
      }
      case DECIMAL -> left.decimalAt(row).compareTo(right.decimalAt(otherRow));
      case BOOL -> Boolean.compare(left.boolAt(row), right.boolAt(otherRow));
      case LONG, TIMESTAMP, DATE -> Long.compare(left.longAt(row), right.longAt(otherRow));
      case DOUBLE, FLOAT -> {
        double x = left.doubleAt(row);
        double y = right.doubleAt(otherRow);
        yield x < y ? -1 : x > y ? 1 : 0;
      }
      case LIST, STRUCT ->
          throw new IllegalStateException("compared values must be scalar; found: " + left.type());
    };
  }

  @Override
  boolean isEmittable() {
    return switch (inputs.get(0).type.kind()) {
      case LONG, DOUBLE, BOOL -> true;
      case TEXT, FLOAT, DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  @Override
  Emission.Truth truth(Emission to) {
    String a = to.value(inputs.get(0));
    String b = to.value(inputs.get(1));
    return truth(to, operator, a, b);
  }

  /** Comparisons with NaN are false in ONNX, so each side needs its own node. */
  static Emission.Truth truth(Emission to, Operator operator, String a, String b) {
    return switch (operator) {
      case LESS -> new Emission.Truth(to.node("Less", a, b), to.node("GreaterOrEqual", a, b));
      case LESS_OR_EQUAL ->
          new Emission.Truth(to.node("LessOrEqual", a, b), to.node("Greater", a, b));
      case GREATER -> new Emission.Truth(to.node("Greater", a, b), to.node("LessOrEqual", a, b));
      case GREATER_OR_EQUAL ->
          new Emission.Truth(to.node("GreaterOrEqual", a, b), to.node("Less", a, b));
      case EQUAL -> new Emission.Truth(to.node("Equal", a, b), different(to, a, b));
      case NOT_EQUAL -> new Emission.Truth(different(to, a, b), to.node("Equal", a, b));
      case OR, AND, ADD, SUBTRACT, CONCAT, MULTIPLY, DIVIDE, REMAINDER ->
          throw new IllegalArgumentException("operator must compare; found: " + operator);
    };
  }

  private static String different(Emission to, String a, String b) {
    return to.node("Or", to.node("Less", a, b), to.node("Greater", a, b));
  }
}
