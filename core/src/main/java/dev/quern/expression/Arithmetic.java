package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Type;
import dev.quern.expression.Node.Operator;
import dev.quern.onnx.Attribute;
import java.math.BigDecimal;
import java.util.List;

/**
 * Sums, differences, products, quotients and remainders of two numbers of one type. A result that
 * is no finite number or does not fit its type (overflow, division by zero) is missing.
 */
final class Arithmetic extends Bound {
  /** Results of long arithmetic lie below this size. */
  static final double LONGS = 0x1p63;

  private final Operator operator;

  /** Makes the operation; both sides are long or double as {@code type}, or decimals. */
  Arithmetic(Operator operator, Type type, Bound left, Bound right) {
    super(type, List.of(left, right));
    this.operator = operator;
  }

  /** Returns the type of {@code operator} between decimals. */
  static Type decimal(Operator operator, Type.Decimal a, Type.Decimal b) {
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    int scale = Math.max(a.scale(), b.scale());
    if (operator == Operator.MULTIPLY) {
      scale = Math.min(38, a.scale() + b.scale());
      return Type.decimal(Math.min(38, a.precision() + b.precision()), scale);
    }
    return Type.decimal(Math.min(38, whole + scale + 1), scale);
  }

  @Override
  Column evaluate(Batch batch) {
    Column left = inputs.get(0).evaluate(batch);
    Column right = inputs.get(1).evaluate(batch);
    Target out = new Target(type, batch.rows(), Nulls.either(left.nulls(), right.nulls()));
    if (left instanceof LongColumn a && right instanceof LongColumn b) {
      longs(a.values(), b.values(), batch, out);
    } else if (left instanceof DoubleColumn a && right instanceof DoubleColumn b) {
      doubles(a.values(), b.values(), batch, out);
    } else {
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        if (!left.isNull(row) && !right.isNull(row)) {
          decimals(left.decimalAt(row), right.decimalAt(row), row, out);
        }
      }
    }
    return out.build();
  }

  private void longs(long[] a, long[] b, Batch batch, Target out) {
    int n = batch.count();
    long[] to = out.longs;
    switch (operator) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          long r = a[row] + b[row];
          to[row] = r;
          if (((a[row] ^ r) & (b[row] ^ r)) < 0) {
            out.setNull(row);
          }
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          long r = a[row] - b[row];
          to[row] = r;
          if (((a[row] ^ b[row]) & (a[row] ^ r)) < 0) {
            out.setNull(row);
          }
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          long r = a[row] * b[row];
          to[row] = r;
          if (Math.multiplyHigh(a[row], b[row]) != r >> 63) {
            out.setNull(row);
          }
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          if (b[row] == 0) {
            out.setNull(row);
          } else {
            to[row] = a[row] % b[row];
          }
        }
      }
    }
  }

  private void doubles(double[] a, double[] b, Batch batch, Target out) {
    int n = batch.count();
    double[] to = out.doubles;
    switch (operator) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          to[row] = a[row] + b[row];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          to[row] = a[row] - b[row];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          to[row] = a[row] * b[row];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          to[row] = a[row] / b[row];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          int row = batch.row(i);
          to[row] = a[row] % b[row];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      int row = batch.row(i);
      // False for NaN and the infinities alone.
      if (!(Math.abs(to[row]) <= Double.MAX_VALUE)) {
        out.setNull(row);
      }
    }
  }

  private void decimals(BigDecimal a, BigDecimal b, int row, Target out) {
    switch (operator) {
      case ADD -> out.setDecimal(row, a.add(b));
      case SUBTRACT -> out.setDecimal(row, a.subtract(b));
      case MULTIPLY -> out.setDecimal(row, a.multiply(b));
      default -> {
        if (b.signum() == 0) {
          out.setNull(row);
        } else {
          out.setDecimal(row, a.remainder(b));
        }
      }
    }
  }

  @Override
  boolean isEmittable() {
    return type.equals(Type.LONG) || type.equals(Type.DOUBLE);
  }

  @Override
  String emit(Emission to) {
    String a = to.value(inputs.get(0));
    String b = to.value(inputs.get(1));
    String result =
        switch (operator) {
          case ADD -> to.node("Add", a, b);
          case SUBTRACT -> to.node("Sub", a, b);
          case MULTIPLY -> to.node("Mul", a, b);
          case DIVIDE -> to.node("Div", a, b);
          default -> to.graph().node("Mod", List.of(a, b), Attribute.of("fmod", 1L));
        };
    return to.below(result, type.equals(Type.LONG) ? LONGS : Double.POSITIVE_INFINITY);
  }
}
