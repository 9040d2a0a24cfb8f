package dev.quern.expression;

import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.ListColumn;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.util.List;
import java.util.Optional;

/** Functions of values of any type. */
final class ValueFunctions {
  private ValueFunctions() {}

  static Bound coalesce(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> typed = binder.alike(call.position(), "arguments of coalesce", arguments);
    return typed.size() == 1 ? typed.get(0) : new Conditional.Coalesce(typed.get(0).type, typed);
  }

  static Bound nullif(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> typed = binder.alike(call.position(), "arguments of nullif", arguments);
    Bound value = binder.once(typed.get(0));
    Bound equal = Comparison.of(Node.Operator.EQUAL, value, typed.get(1));
    return new Conditional(
        value.type, List.of(equal), List.of(Constant.of(value.type, null), value));
  }

  static Bound choose(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound condition = binder.argument(call, 0, arguments.get(0), Type.BOOL);
    List<Bound> results = binder.alike(call.position(), "results of if", arguments.subList(1, 3));
    return new Conditional(results.get(0).type, List.of(condition), results);
  }

  static Bound isMissing(Binder binder, Node.Call call, List<Bound> arguments) {
    Bound value = arguments.get(0);
    RowCall.RowFunction function;
    if (value.type.equals(Type.TEXT)) {
      function = (in, out, row) -> out.setBool(row, in.isNull(0) || Texts.isBlank(in.slice(0)));
    } else if (value.type.kind() == Type.Kind.LIST) {
      function = (in, out, row) -> out.setBool(row, in.isNull(0) || size(in) == 0);
    } else {
      return new Logic.IsNull(value);
    }
    return new RowCall(Type.BOOL, List.of(value), RowCall.Missing.SEEN, function, Optional.empty());
  }

  static Bound greatest(Binder binder, Node.Call call, List<Bound> arguments) {
    return extreme(binder, call, arguments, 1, "Max");
  }

  static Bound least(Binder binder, Node.Call call, List<Bound> arguments) {
    return extreme(binder, call, arguments, -1, "Min");
  }

  private static Bound extreme(
      Binder binder, Node.Call call, List<Bound> arguments, int sign, String graph) {
    List<Bound> typed = binder.alike(call.position(), "arguments of " + call.name(), arguments);
    Type type = typed.get(0).type;
    if (type.equals(Type.BOOL)) {
      throw new ExpressionException(
          call.position(), "arguments of " + call.name() + " must have an order; found: bool");
    }
    boolean emittable = type.equals(Type.LONG) || type.equals(Type.DOUBLE);
    Slice one = new Slice();
    Slice other = new Slice();
    return new RowCall(
        type,
        typed,
        RowCall.Missing.SEEN,
        (in, out, row) -> {
          int best = -1;
          for (int i = 0; i < in.count(); i++) {
            if (!in.isNull(i)
                && (best < 0
                    || sign
                            * Comparison.compare(
                                in.column(i), in.row(i), in.column(best), in.row(best), one, other)
                        > 0)) {
              best = i;
            }
          }
          if (best < 0) {
            out.setNull(row);
          } else {
            out.copy(in.column(best), in.row(best), row);
          }
        },
        emittable ? Optional.of((to, in) -> emitExtreme(to, in, graph)) : Optional.empty());
  }

  private static String emitExtreme(Emission to, List<String> in, String graph) {
    String best = in.get(0);
    for (String next : in.subList(1, in.size())) {
      String both = to.node(graph, best, next);
      String known = to.node("Where", to.node("IsNaN", next), best, both);
      best = to.node("Where", to.node("IsNaN", best), next, known);
    }
    return best;
  }

  private static int size(RowCall.Arguments in) {
    ListColumn list = (ListColumn) in.column(0);
    return list.end(in.row(0)) - list.start(in.row(0));
  }

  static Bound listLength(Binder binder, Node.Call call, List<Bound> arguments) {
    binder.element(call, arguments.get(0));
    return Functions.call(Type.LONG, arguments, (in, out, row) -> out.setLong(row, size(in)));
  }

  static Bound listContains(Binder binder, Node.Call call, List<Bound> arguments) {
    Type element = binder.scalarElement(call, arguments.get(0));
    Bound value = binder.argument(call, 1, arguments.get(1), element);
    Slice one = new Slice();
    Slice other = new Slice();
    return Functions.call(
        Type.BOOL,
        List.of(arguments.get(0), value),
        (in, out, row) -> {
          ListColumn list = (ListColumn) in.column(0);
          Column elements = list.elements();
          for (int i = list.start(in.row(0)); i < list.end(in.row(0)); i++) {
            if (!elements.isNull(i)
                && Comparison.compare(elements, i, in.column(1), in.row(1), one, other) == 0) {
              out.setBool(row, true);
              return;
            }
          }
        });
  }

  static Bound element(Binder binder, Node.Call call, List<Bound> arguments) {
    Type element = binder.scalarElement(call, arguments.get(0));
    Bound position = binder.argument(call, 1, arguments.get(1), Type.LONG);
    return Functions.call(
        element,
        List.of(arguments.get(0), position),
        (in, out, row) -> {
          ListColumn list = (ListColumn) in.column(0);
          long at = in.longAt(1);
          if (at < 1 || at > size(in)) {
            out.setNull(row);
          } else {
            out.copy(list.elements(), list.start(in.row(0)) + (int) at - 1, row);
          }
        });
  }

  static Bound hash(Binder binder, Node.Call call, List<Bound> arguments) {
    CanonicalForm form = new CanonicalForm();
    Hash128 hash = new Hash128();
    return new RowCall(
        Type.LONG,
        arguments,
        RowCall.Missing.SEEN,
        (in, out, row) -> {
          form.reset();
          for (int i = 0; i < in.count(); i++) {
            form.put(in.column(i), in.row(i));
          }
          out.setLong(row, hash.hash(form.bytes(), 0, form.length(), 0).high());
        },
        Optional.empty());
  }
}
