package dev.quern.expression;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.expression.Node.Operator;
import dev.quern.text.Suggestion;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives every part of an expression its type, and refuses what has none. */
final class Binder {
  private final Schema schema;
  private final Set<String> fields = new LinkedHashSet<>();
  private final List<Leaves.Once> shared = new ArrayList<>();

  Binder(Schema schema) {
    this.schema = schema;
  }

  Set<String> fields() {
    return fields;
  }

  List<Leaves.Once> shared() {
    return shared;
  }

  Bound bind(Node node) {
    Bound bound = make(node);
    boolean folds =
        !bound.isConstant()
            && !bound.inputs.isEmpty()
            && bound.inputs.stream().allMatch(Bound::isConstant);
    return folds ? Constant.of(bound.evaluate(Constant.ONE)) : bound;
  }

  private Bound make(Node node) {
    if (node instanceof Node.Literal literal) {
      return Literals.bind(literal);
    }
    if (node instanceof Node.Named named) {
      return field(named);
    }
    if (node instanceof Node.Part part) {
      return part(part);
    }
    if (node instanceof Node.Operation operation) {
      return operation(operation);
    }
    if (node instanceof Node.Minus minus) {
      Bound number = requireNumber(bind(minus.operand()), minus.position(), "operand of -");
      Bound zero = coerced(Constant.of(Type.LONG, 0L), number.type);
      return new Arithmetic(Operator.SUBTRACT, number.type, zero, number);
    }
    if (node instanceof Node.Not not) {
      return new Logic.Not(bool(not.operand(), "operand of NOT"));
    }
    if (node instanceof Node.IsNull isNull) {
      return new Logic.IsNull(bind(isNull.operand()));
    }
    if (node instanceof Node.In in) {
      return in(in);
    }
    if (node instanceof Node.Between between) {
      return between(between);
    }
    if (node instanceof Node.Like like) {
      return like(like);
    }
    if (node instanceof Node.Case cases) {
      return cases(cases);
    }
    if (node instanceof Node.Cast cast) {
      return cast(cast);
    }
    return call((Node.Call) node);
  }

  private Bound field(Node.Named named) {
    Optional<Field> field = schema.field(named.name());
    if (field.isEmpty()) {
      String fix = Suggestion.of(named.name(), schema.names());
      if (fix.isEmpty() && Functions.find(named.name()) != null) {
        fix = "; the function is written " + named.name() + "(…)";
      }
      throw new ExpressionException(
          named.position(), "name must be a field; found: " + named.name() + fix + known(schema));
    }
    fields.add(named.name());
    return new Leaves.OfField(named.name(), schema.indexOf(named.name()), field.get().type());
  }

  /** Names the fields where there are few enough to read. */
  private static String known(Schema schema) {
    return schema.size() > 0 && schema.size() <= 30
        ? "; known: " + String.join(", ", schema.names())
        : "";
  }

  private Bound part(Node.Part part) {
    if (part.struct() instanceof Node.Named named
        && schema.field(named.name()).isEmpty()
        && schema.field(named.name() + "." + part.name()).isPresent()) {
      throw new ExpressionException(
          named.position(),
          "name must be a field; found: "
              + named.name()
              + "; put \""
              + named.name()
              + "."
              + part.name()
              + "\" into quotes");
    }
    Bound struct = bind(part.struct());
    if (!(struct.type instanceof Type.Struct type)) {
      throw new ExpressionException(
          part.position(), "value before the point must be a struct; found: " + struct.type);
    }
    int position = type.schema().indexOf(part.name());
    if (position < 0) {
      throw new ExpressionException(
          part.position(),
          "part must be one of "
              + String.join(", ", type.schema().names())
              + "; found: "
              + part.name()
              + Suggestion.of(part.name(), type.schema().names()));
    }
    return new Leaves.OfStruct(struct, position, type.schema().field(position).type());
  }

  private Bound operation(Node.Operation node) {
    Operator operator = node.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      List<Bound> sides = new ArrayList<>();
      for (Node child : node.children()) {
        sides.add(bool(child, "side of " + operator));
      }
      return new Logic(operator, sides);
    }
    Bound left = bind(node.children().get(0));
    Bound right = bind(node.children().get(1));
    if (operator.isComparison()) {
      refuseNull(node.children(), operator.symbol);
      return compared(operator, node.position(), left, right);
    }
    if (operator == Operator.CONCAT) {
      return joined(node, left, right);
    }
    String what = "side of " + operator.symbol;
    left = requireNumber(left, node.position(), what);
    right = requireNumber(right, node.position(), what);
    if (operator == Operator.DIVIDE) {
      return new Arithmetic(
          operator, Type.DOUBLE, coerced(left, Type.DOUBLE), coerced(right, Type.DOUBLE));
    }
    List<Bound> both = alike(node.position(), "sides of " + operator.symbol, List.of(left, right));
    Type type = both.get(0).type;
    if (type instanceof Type.Decimal) {
      // Each side keeps its own digits, which the result's are computed from.
      Bound a = decimal(left);
      Bound b = decimal(right);
      type = Arithmetic.decimal(operator, (Type.Decimal) a.type, (Type.Decimal) b.type);
      return new Arithmetic(operator, type, a, b);
    }
    return new Arithmetic(operator, type, both.get(0), both.get(1));
  }

  private static Bound decimal(Bound side) {
    if (side.type instanceof Type.Decimal) {
      return side;
    }
    if (side instanceof Constant constant && constant.written.isPresent()) {
      return coerced(side, Written.decimal(constant.written.get()));
    }
    return coerced(side, Type.decimal(19, 0));
  }

  private Bound joined(Node.Operation node, Bound left, Bound right) {
    for (Bound side : List.of(left, right)) {
      if (!side.type.equals(Type.TEXT)) {
        String fix = side.type.equals(Type.BOOL) ? "; did you mean OR?" : "; CAST(… AS text)";
        throw new ExpressionException(
            node.position(), "sides of || must be texts; found: " + side.type + fix);
      }
    }
    return new RowCall(
        Type.TEXT,
        List.of(left, right),
        RowCall.Missing.SPREADS,
        TextFunctions::join,
        Optional.empty());
  }

  /** A comparison with NULL is never true: always a mistake. */
  private static void refuseNull(List<Node> sides, String operator) {
    for (Node side : sides) {
      if (side instanceof Node.Literal literal && literal.kind() == Node.Literal.Kind.NULL) {
        throw new ExpressionException(
            side.position(),
            "sides of " + operator + " must be values; found: NULL; write IS NULL or IS NOT NULL");
      }
    }
  }

  private Bound compared(Operator operator, int position, Bound left, Bound right) {
    List<Bound> sides = alike(position, "sides of " + operator.symbol, List.of(left, right));
    boolean ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
    if (ordered && sides.get(0).type.equals(Type.BOOL)) {
      throw new ExpressionException(
          position, "sides of " + operator.symbol + " must have an order; found: bool");
    }
    return folded(Comparison.of(operator, sides.get(0), sides.get(1)));
  }

  private static Bound folded(Bound bound) {
    return !bound.isConstant() && bound.inputs.stream().allMatch(Bound::isConstant)
        ? Constant.of(bound.evaluate(Constant.ONE))
        : bound;
  }

  private Bound in(Node.In node) {
    refuseNull(node.values(), "IN");
    refuseNull(List.of(node.operand()), "IN");
    List<Bound> all = new ArrayList<>();
    all.add(bind(node.operand()));
    for (Node value : node.values()) {
      all.add(bind(value));
    }
    List<Bound> typed = alike(node.position(), "value and list of IN", all);
    List<Constant> constants = new ArrayList<>();
    for (Bound value : typed.subList(1, typed.size())) {
      if (value instanceof Constant constant && !constant.isNull()) {
        constants.add(constant);
      }
    }
    if (constants.size() == typed.size() - 1 && Membership.supports(typed.get(0).type)) {
      return new Membership(typed.get(0), constants);
    }
    Bound operand = once(typed.get(0));
    List<Bound> equals = new ArrayList<>();
    for (Bound value : typed.subList(1, typed.size())) {
      equals.add(Comparison.of(Operator.EQUAL, operand, value));
    }
    return equals.size() == 1 ? equals.get(0) : new Logic(Operator.OR, equals);
  }

  private Bound between(Node.Between node) {
    refuseNull(List.of(node.operand(), node.low(), node.high()), "BETWEEN");
    List<Bound> typed =
        alike(
            node.position(),
            "value and bounds of BETWEEN",
            List.of(bind(node.operand()), bind(node.low()), bind(node.high())));
    Bound operand = once(typed.get(0));
    return new Logic(
        Operator.AND,
        List.of(
            compared(Operator.GREATER_OR_EQUAL, node.position(), operand, typed.get(1)),
            compared(Operator.LESS_OR_EQUAL, node.position(), operand, typed.get(2))));
  }

  private Bound like(Node.Like node) {
    Bound text = bind(node.operand());
    if (!text.type.equals(Type.TEXT)) {
      throw new ExpressionException(
          node.position(), "value before LIKE must be text; found: " + text.type);
    }
    LikePattern pattern;
    try {
      pattern = LikePattern.of(node.pattern().written(), node.escape());
    } catch (IllegalArgumentException e) {
      throw new ExpressionException(
          node.pattern().position(),
          "escape character of LIKE must be followed by a character; found: the end of the pattern");
    }
    return Functions.call(
        Type.BOOL,
        List.of(text),
        (in, out, row) -> {
          var slice = in.slice(0);
          out.setBool(row, pattern.matches(slice.bytes, slice.start, slice.end));
        });
  }

  private Bound cases(Node.Case node) {
    List<Bound> conditions = new ArrayList<>();
    if (node.operand() == null) {
      for (Node condition : node.conditions()) {
        conditions.add(bool(condition, "condition of WHEN"));
      }
    } else {
      refuseNull(node.conditions(), "CASE … WHEN");
      List<Bound> all = new ArrayList<>();
      all.add(bind(node.operand()));
      for (Node value : node.conditions()) {
        all.add(bind(value));
      }
      List<Bound> typed = alike(node.position(), "value and WHENs of CASE", all);
      Bound operand = once(typed.get(0));
      for (Bound value : typed.subList(1, typed.size())) {
        conditions.add(Comparison.of(Operator.EQUAL, operand, value));
      }
    }
    List<Bound> results = new ArrayList<>();
    for (Node result : node.results()) {
      results.add(bind(result));
    }
    results.add(node.otherwise() == null ? Constant.untypedNull() : bind(node.otherwise()));
    List<Bound> typed = alike(node.position(), "results of CASE", results);
    return new Conditional(typed.get(0).type, conditions, typed);
  }

  private Bound cast(Node.Cast node) {
    Bound value = bind(node.operand());
    if (value instanceof Constant constant && constant.isUntyped()) {
      return Constant.of(node.type(), null);
    }
    if (value instanceof Constant constant
        && constant.written.isPresent()
        && node.type() instanceof Type.Decimal) {
      return new Conversion(
          Constant.of(Written.decimal(constant.written.get()), constant.written.get()),
          node.type());
    }
    if (!Conversion.supports(value.type, node.type())) {
      throw new ExpressionException(
          node.position(),
          "value of CAST must be convertible to " + node.type() + "; found: " + value.type);
    }
    return value.type.equals(node.type()) ? value : new Conversion(value, node.type());
  }

  private Bound call(Node.Call node) {
    Functions.Definition function = Functions.find(node.name());
    if (function == null) {
      throw new ExpressionException(
          node.position(),
          "name before ( must be a function; found: "
              + node.name()
              + Suggestion.of(node.name(), Functions.names()));
    }
    int count = node.children().size();
    if (count < function.least() || count > function.most()) {
      throw new ExpressionException(
          node.position(),
          "call must be " + function.documented().signature() + "; found: " + count + " arguments");
    }
    List<Bound> arguments = new ArrayList<>();
    for (Node child : node.children()) {
      arguments.add(bind(child));
    }
    return function.factory().bind(this, node, arguments);
  }

  /** Returns {@code bound}, computed once per batch though it stands in several places. */
  Bound once(Bound bound) {
    if (bound.isConstant() || bound instanceof Leaves.Once) {
      return bound;
    }
    Leaves.Once once = new Leaves.Once(bound);
    shared.add(once);
    return once;
  }

  Bound bool(Node node, String what) {
    Bound bound = bind(node);
    if (bound instanceof Constant constant && constant.isUntyped()) {
      return Constant.of(Type.BOOL, null);
    }
    if (!bound.type.equals(Type.BOOL)) {
      throw new ExpressionException(
          node.position(), what + " must be true or false; found: " + bound.type);
    }
    return bound;
  }

  private static Bound requireNumber(Bound bound, int position, String what) {
    if (bound instanceof Constant constant && constant.isUntyped()) {
      return Constant.of(Type.LONG, null);
    }
    if (!bound.type.isNumber()) {
      String fix = bound.type.equals(Type.TEXT) ? "; CAST(… AS double), or || to join texts" : "";
      throw new ExpressionException(
          position, what + " must be a number; found: " + bound.type + fix);
    }
    return bound.type.equals(Type.FLOAT) ? coerced(bound, Type.DOUBLE) : bound;
  }

  /** Returns argument {@code i} as a number; a float becomes a double. */
  Bound number(Node.Call call, int i, Bound argument) {
    return requireNumber(
        argument, call.children().get(i).position(), "argument " + (i + 1) + " of " + call.name());
  }

  /** Returns all arguments, which must be texts. */
  List<Bound> texts(Node.Call call, List<Bound> arguments) {
    List<Bound> texts = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      texts.add(argument(call, i, arguments.get(i), Type.TEXT));
    }
    return texts;
  }

  /** Returns argument {@code i} as {@code type}; numbers widen to it. */
  Bound argument(Node.Call call, int i, Bound argument, Type type) {
    boolean untyped = argument instanceof Constant constant && constant.isUntyped();
    boolean widens =
        argument.type.isNumber()
            && (type.equals(Type.DOUBLE)
                || type.equals(Type.FLOAT) && argument.isConstant()
                || type instanceof Type.Decimal && !argument.type.equals(Type.DOUBLE));
    if (untyped) {
      return Constant.of(type, null);
    }
    if (argument.type.equals(type)) {
      return argument;
    }
    if (!widens) {
      return Literals.time(argument, type, call.children().get(i).position())
          .orElseThrow(
              () ->
                  new ExpressionException(
                      call.children().get(i).position(),
                      "argument "
                          + (i + 1)
                          + " of "
                          + call.name()
                          + " must be "
                          + type
                          + "; found: "
                          + argument.type));
    }
    return coerced(argument, type);
  }

  /** Returns argument {@code i}, a date or timestamp, as {@code type}, one of the two. */
  Bound time(Node.Call call, int i, Bound argument, Type type) {
    boolean other = argument.type.equals(Type.DATE) || argument.type.equals(Type.TIMESTAMP);
    return other && !argument.type.equals(type)
        ? folded(new Conversion(argument, type))
        : argument(call, i, argument, type);
  }

  /** Returns argument {@code i}, any scalar, as text. */
  Bound asText(Node.Call call, int i, Bound argument) {
    if (!Conversion.supports(argument.type, Type.TEXT)) {
      throw new ExpressionException(
          call.children().get(i).position(),
          "argument "
              + (i + 1)
              + " of "
              + call.name()
              + " must be a scalar; found: "
              + argument.type);
    }
    return coerced(argument, Type.TEXT);
  }

  /** Returns the type of the elements of the first argument, which must be a list. */
  Type element(Node.Call call, Bound argument) {
    if (!(argument.type instanceof Type.ListOf list)) {
      throw new ExpressionException(
          call.children().get(0).position(),
          "argument 1 of " + call.name() + " must be a list; found: " + argument.type);
    }
    return list.element();
  }

  Type scalarElement(Node.Call call, Bound argument) {
    Type element = element(call, argument);
    if (!element.isScalar()) {
      throw new ExpressionException(
          call.children().get(0).position(),
          "elements of the list must be scalars; found: " + element);
    }
    return element;
  }

  /** Returns {@code values} as values of the one type that all of them widen to. */
  List<Bound> alike(int position, String what, List<Bound> values) {
    Type common = null;
    for (Bound value : values) {
      if (value instanceof Constant constant && constant.isUntyped()) {
        continue;
      }
      common = common == null ? own(value, values) : Literals.common(common, value, values);
      if (common == null) {
        throw new ExpressionException(
            position, what + " must be of one type; found: " + Literals.types(values));
      }
    }
    if (common == null) {
      throw new ExpressionException(
          position, what + " must have a type; found: NULL; write CAST(NULL AS type)");
    }
    if (!common.isScalar()) {
      throw new ExpressionException(position, what + " must be scalars; found: " + common);
    }
    List<Bound> typed = new ArrayList<>();
    for (Bound value : values) {
      boolean untyped = value instanceof Constant constant && constant.isUntyped();
      Type type = common;
      typed.add(
          untyped
              ? Constant.of(type, null)
              : Literals.time(value, type, position).orElseGet(() -> coerced(value, type)));
    }
    return typed;
  }

  private static Type own(Bound value, List<Bound> values) {
    return Literals.alone(value, values);
  }

  /** Returns {@code bound} as {@code type}, which it widens to. */
  static Bound coerced(Bound bound, Type type) {
    if (bound.type.equals(type)) {
      return bound;
    }
    if (bound instanceof Constant constant
        && constant.written.isPresent()
        && type instanceof Type.Decimal) {
      return Constant.of(type, constant.written.get());
    }
    return folded(new Conversion(bound, type));
  }

  /** Returns the day number or µs of a text in the form of {@code type}. */
  static Optional<Long> moment(String text, Type type) {
    try {
      return Optional.of(type.equals(Type.DATE) ? Written.date(text) : Written.timestamp(text));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Returns the whole number {@code written}, or empty if it is no long. */
  static Optional<Long> whole(BigDecimal written) {
    return written.scale() <= 0 && written.toBigInteger().bitLength() < 64
        ? Optional.of(written.longValue())
        : Optional.empty();
  }
}
