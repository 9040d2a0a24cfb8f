package dev.quern.expression;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that literals stand for, and the types that values widen to. */
final class Literals {
  private Literals() {}

  static Constant bind(Node.Literal literal) {
    return switch (literal.kind()) {
      case NULL -> Constant.untypedNull();
      case TRUE -> Constant.of(Type.BOOL, true);
      case FALSE -> Constant.of(Type.BOOL, false);
      case TEXT -> Constant.of(Type.TEXT, literal.written());
      case DATE -> moment(literal.written(), Type.DATE, literal.position());
      case TIMESTAMP -> moment(literal.written(), Type.TIMESTAMP, literal.position());
      case NUMBER -> number(literal);
    };
  }

  private static Constant number(Node.Literal literal) {
    String written = literal.written();
    boolean exponent = written.indexOf('e') >= 0 || written.indexOf('E') >= 0;
    if (!exponent && written.indexOf('.') < 0) {
      return Binder.whole(new BigDecimal(written))
          .map(value -> Constant.of(Type.LONG, value))
          .orElseThrow(
              () ->
                  new ExpressionException(
                      literal.position(),
                      "whole number must be in [-2^63, 2^63 - 1]; found: "
                          + written
                          + "; write "
                          + written
                          + ".0 for a double"));
    }
    double value = Double.parseDouble(written);
    if (Double.isInfinite(value)) {
      throw new ExpressionException(
          literal.position(), "number must be finite as a double; found: " + written);
    }
    if (!exponent) {
      BigDecimal exact = new BigDecimal(written);
      if (exact.precision() <= 38 && exact.scale() <= 38) {
        return Constant.decimalFraction(exact);
      }
    }
    return Constant.of(Type.DOUBLE, value);
  }

  private static Constant moment(String text, Type type, int position) {
    Optional<Long> value = Binder.moment(text, type);
    if (value.isEmpty()) {
      String form =
          type.equals(Type.DATE)
              ? "a date like '2024-02-29'"
              : "a timestamp like '2024-02-29T23:59:59Z'";
      throw new ExpressionException(position, "text must be " + form + "; found: '" + text + "'");
    }
    ColumnBuilder builder = ColumnBuilder.of(type);
    builder.appendLong(value.get());
    return Constant.of(builder.build());
  }

  /** Returns a text literal as the date or timestamp {@code type}; empty for anything else. */
  static Optional<Bound> time(Bound value, Type type, int position) {
    boolean moment = type.equals(Type.DATE) || type.equals(Type.TIMESTAMP);
    boolean text =
        value instanceof Constant constant && value.type.equals(Type.TEXT) && !constant.isNull();
    return moment && text
        ? Optional.of(moment(((Constant) value).column.textAt(0), type, position))
        : Optional.empty();
  }

  /** Returns the type of {@code value} among {@code values}: floats compute as doubles. */
  static Type alone(Bound value, List<Bound> values) {
    boolean decimals = values.stream().anyMatch(v -> v.type instanceof Type.Decimal);
    if (decimals && value instanceof Constant constant && constant.written.isPresent()) {
      return Written.decimal(constant.written.get());
    }
    return value.type.equals(Type.FLOAT) ? Type.DOUBLE : value.type;
  }

  /** Returns the type that {@code known} and {@code value} widen to, or null. */
  static @Nullable Type common(Type known, Bound value, List<Bound> values) {
    Type type = alone(value, values);
    if (known.equals(type)) {
      return known;
    }
    if (known.isNumber() && type.isNumber()) {
      if (known.equals(Type.DOUBLE) || type.equals(Type.DOUBLE)) {
        return Type.DOUBLE;
      }
      return widest(decimal(known), decimal(type));
    }
    boolean times = isTime(known) && isTime(type);
    if (times) {
      return Type.TIMESTAMP;
    }
    if (isTime(known) && type.equals(Type.TEXT) && value.isConstant()) {
      return known;
    }
    boolean texts =
        known.equals(Type.TEXT)
            && isTime(type)
            && values.stream().allMatch(v -> !v.type.equals(Type.TEXT) || v.isConstant());
    return texts ? type : null;
  }

  private static boolean isTime(Type type) {
    return type.equals(Type.DATE) || type.equals(Type.TIMESTAMP);
  }

  private static Type.Decimal decimal(Type type) {
    return type instanceof Type.Decimal decimal ? decimal : new Type.Decimal(19, 0);
  }

  private static Type widest(Type.Decimal a, Type.Decimal b) {
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    int scale = Math.max(a.scale(), b.scale());
    return Type.decimal(Math.max(1, Math.min(38, whole + scale)), Math.min(38, scale));
  }

  static String types(List<Bound> values) {
    Set<String> types = new LinkedHashSet<>();
    for (Bound value : values) {
      if (!(value instanceof Constant constant && constant.isUntyped())) {
        types.add(value.type.toString());
      }
    }
    String found = String.join(" and ", types);
    boolean number = values.stream().anyMatch(v -> v.type.isNumber());
    boolean text = values.stream().anyMatch(v -> v.type.equals(Type.TEXT));
    return number && text ? found + "; CAST one of them" : found;
  }
}
