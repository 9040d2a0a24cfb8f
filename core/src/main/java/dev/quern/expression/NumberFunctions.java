package dev.quern.expression;

import dev.quern.data.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers; a result that is not finite is missing. */
final class NumberFunctions {
  private NumberFunctions() {}

  static Bound abs(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound number = binder.number(call, 0, arguments.get(0));
    RowCall.GraphFunction graph = (to, in) -> limited(to, to.node("Abs", in.get(0)), number.type);
    RowCall.RowFunction function =
        switch (number.type.kind()) {
          case LONG ->
              (in, out, row) -> {
                if (in.longAt(0) == Long.MIN_VALUE) {
                  out.setNull(row);
                } else {
                  out.setLong(row, Math.abs(in.longAt(0)));
                }
              };
          case DECIMAL ->
              (in, out, row) -> out.setDecimal(row, in.column(0).decimalAt(in.row(0)).abs());
          default -> (in, out, row) -> out.setDouble(row, finite(Math.abs(in.doubleAt(0))));
        };
    return same(number, function, graph);
  }

  static Bound floor(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound number = binder.number(call, 0, arguments.get(0));
    return whole(number, RoundingMode.FLOOR, Math::floor, (to, in) -> to.node("Floor", in.get(0)));
  }

  static Bound ceil(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound number = binder.number(call, 0, arguments.get(0));
    return whole(number, RoundingMode.CEILING, Math::ceil, (to, in) -> to.node("Ceil", in.get(0)));
  }

  static Bound round(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound number = binder.number(call, 0, arguments.get(0));
    if (arguments.size() == 1) {
      return whole(
          number, RoundingMode.HALF_UP, NumberFunctions::round, NumberFunctions::emitRound);
    }
    Bound digits = binder.argument(call, 1, arguments.get(1), Type.LONG);
    boolean fits =
        digits instanceof Constant constant
            && !constant.isNull()
            && constant.column.longAt(0) >= 0
            && constant.column.longAt(0) <= 15;
    if (!fits) {
      throw new ExpressionException(
          call.children().get(1).position(),
          "decimals of round must be a whole number in [0, 15]; found: "
              + call.children().get(1).canonical());
    }
    int decimals = (int) ((Constant) digits).column.longAt(0);
    return switch (number.type.kind()) {
      case LONG -> number;
      case DECIMAL ->
          Functions.call(
              number.type,
              List.of(number),
              (in, out, row) -> {
                BigDecimal value = in.column(0).decimalAt(in.row(0));
                out.setDecimal(
                    row, value.setScale(Math.min(decimals, value.scale()), RoundingMode.HALF_UP));
              });
      default ->
          Functions.call(
              Type.DOUBLE,
              List.of(number),
              (in, out, row) -> out.setDouble(row, round(in.doubleAt(0), decimals)));
    };
  }

  /** Rounds half away from zero; adding 0.5 first would round 0.49999999999999994 up. */
  private static double round(double value) {
    double size = Math.abs(value);
    double below = Math.floor(size);
    return Math.copySign(size - below >= 0.5 ? below + 1 : below, value);
  }

  private static String emitRound(Emission to, List<String> in) {
    String size = to.node("Abs", in.get(0));
    String below = to.node("Floor", size);
    String up = to.node("GreaterOrEqual", to.node("Sub", size, below), to.number(0.5));
    String rounded = to.node("Where", up, to.node("Add", below, to.number(1)), below);
    return to.node("Mul", to.node("Sign", in.get(0)), rounded);
  }

  /** Rounds the decimal number that is written for {@code value}. */
  private static double round(double value, int decimals) {
    // From 2^53 on doubles have no fraction.
    if (!(Math.abs(value) < 0x1p53)) {
      return finite(value);
    }
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
  }

  static Bound sqrt(Binder binder, Node.Call call, List<Bound> arguments) {
    return real(binder, call, arguments, Math::sqrt, "Sqrt");
  }

  static Bound ln(Binder binder, Node.Call call, List<Bound> arguments) {
    return real(binder, call, arguments, StrictMath::log, "Log");
  }

  static Bound exp(Binder binder, Node.Call call, List<Bound> arguments) {
    return real(binder, call, arguments, StrictMath::exp, "Exp");
  }

  static Bound pow(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> typed =
        List.of(
            binder.argument(call, 0, arguments.get(0), Type.DOUBLE),
            binder.argument(call, 1, arguments.get(1), Type.DOUBLE));
    return new RowCall(
        Type.DOUBLE,
        typed,
        RowCall.Missing.SPREADS,
        (in, out, row) ->
            out.setDouble(row, finite(StrictMath.pow(in.doubleAt(0), in.doubleAt(1)))),
        Optional.of(NumberFunctions::emitPow));
  }

  /** In IEEE 754 NaN^0 and 1^NaN are 1, but here missing stays missing. */
  private static String emitPow(Emission to, List<String> in) {
    String missing = to.node("Or", to.node("IsNaN", in.get(0)), to.node("IsNaN", in.get(1)));
    String power = to.node("Pow", in.get(0), in.get(1));
    return to.below(
        to.node("Where", missing, to.number(Double.NaN), power), Double.POSITIVE_INFINITY);
  }

  private static Bound real(
      Binder binder,
      Node.Call call,
      List<Bound> arguments,
      DoubleUnaryOperator function,
      String graph) {
    return new RowCall(
        Type.DOUBLE,
        List.of(binder.argument(call, 0, arguments.get(0), Type.DOUBLE)),
        RowCall.Missing.SPREADS,
        (in, out, row) -> out.setDouble(row, finite(function.applyAsDouble(in.doubleAt(0)))),
        Optional.of((to, in) -> to.below(to.node(graph, in.get(0)), Double.POSITIVE_INFINITY)));
  }

  private static Bound whole(
      Bound number, RoundingMode mode, DoubleUnaryOperator function, RowCall.GraphFunction graph) {
    return switch (number.type.kind()) {
      case LONG -> number;
      case DECIMAL ->
          Functions.call(
              number.type,
              List.of(number),
              (in, out, row) ->
                  out.setDecimal(row, in.column(0).decimalAt(in.row(0)).setScale(0, mode)));
      default ->
          same(
              number,
              (in, out, row) -> out.setDouble(row, finite(function.applyAsDouble(in.doubleAt(0)))),
              (to, in) -> limited(to, graph.emit(to, in), Type.DOUBLE));
    };
  }

  private static Bound same(
      Bound number, RowCall.RowFunction function, RowCall.GraphFunction graph) {
    return new RowCall(
        number.type,
        List.of(number),
        RowCall.Missing.SPREADS,
        function,
        number.type.kind() == Type.Kind.DECIMAL ? Optional.empty() : Optional.of(graph));
  }

  private static String limited(Emission to, String value, Type type) {
    return to.below(value, type.equals(Type.LONG) ? Arithmetic.LONGS : Double.POSITIVE_INFINITY);
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}
