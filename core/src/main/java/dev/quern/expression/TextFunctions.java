package dev.quern.expression;

import dev.quern.data.Slice;
import dev.quern.data.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Functions of texts. */
final class TextFunctions {
  private TextFunctions() {}

  static Bound lower(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.TEXT,
        binder.texts(call, arguments),
        (in, out, row) -> Texts.lower(in.slice(0), out, row));
  }

  static Bound upper(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.TEXT,
        binder.texts(call, arguments),
        (in, out, row) -> Texts.upper(in.slice(0), out, row));
  }

  static Bound trim(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.TEXT,
        binder.texts(call, arguments),
        (in, out, row) -> Texts.trim(in.slice(0), out, row));
  }

  static Bound length(Binder binder, Node.Call call, List<Bound> arguments) {
    if (isReplace(call.children().get(0)) && arguments.get(0) instanceof RowCall replaced) {
      // How often something occurs is written as a difference of lengths: no text is made for it.
      return Functions.call(
          Type.LONG,
          replaced.inputs,
          (in, out, row) ->
              out.setLong(row, Texts.lengthReplaced(in.slice(0), in.slice(1), in.slice(2))));
    }
    return Functions.call(
        Type.LONG,
        binder.texts(call, arguments),
        (in, out, row) -> out.setLong(row, Texts.length(in.slice(0))));
  }

  private static boolean isReplace(Node node) {
    return node instanceof Node.Call call
        && Functions.find(call.name()) == Functions.find("replace");
  }

  static Bound byteLength(Binder binder, Node.Call call, List<Bound> arguments) {
    boolean bytes = arguments.get(0).type.equals(Type.BYTES);
    return Functions.call(
        Type.LONG,
        bytes ? arguments : binder.texts(call, arguments),
        (in, out, row) -> out.setLong(row, in.slice(0).length()));
  }

  static Bound substring(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> typed = new java.util.ArrayList<>();
    typed.add(binder.argument(call, 0, arguments.get(0), Type.TEXT));
    typed.add(binder.argument(call, 1, arguments.get(1), Type.LONG));
    if (arguments.size() == 3) {
      typed.add(binder.argument(call, 2, arguments.get(2), Type.LONG));
    }
    return Functions.call(
        Type.TEXT,
        typed,
        (in, out, row) -> {
          // As in SQL, positions before the first character count as well.
          long first = in.longAt(1) == Long.MIN_VALUE ? Long.MIN_VALUE : in.longAt(1) - 1;
          long count = in.count() == 3 ? in.longAt(2) : Long.MAX_VALUE;
          if (count < 0) {
            out.setNull(row);
            return;
          }
          boolean open = in.count() < 3 || first > Long.MAX_VALUE - count;
          long last = open ? Long.MAX_VALUE : first + count;
          Texts.substring(in.slice(0), first, last, out, row);
        });
  }

  static Bound replace(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.TEXT,
        binder.texts(call, arguments),
        (in, out, row) -> Texts.replace(in.slice(0), in.slice(1), in.slice(2), out, row));
  }

  static Bound contains(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.BOOL,
        binder.texts(call, arguments),
        (in, out, row) -> {
          Slice text = in.slice(0);
          out.setBool(row, Texts.indexOf(text, text.start, in.slice(1)) >= 0);
        });
  }

  static Bound startsWith(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.BOOL,
        binder.texts(call, arguments),
        (in, out, row) -> out.setBool(row, Texts.startsWith(in.slice(0), in.slice(1))));
  }

  static Bound endsWith(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.BOOL,
        binder.texts(call, arguments),
        (in, out, row) -> out.setBool(row, Texts.endsWith(in.slice(0), in.slice(1))));
  }

  static Bound concat(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> texts = new java.util.ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      texts.add(binder.asText(call, i, arguments.get(i)));
    }
    return new RowCall(
        Type.TEXT, texts, RowCall.Missing.SEEN, TextFunctions::join, Optional.empty());
  }

  /** Puts the texts that are not missing one behind the other. */
  static void join(RowCall.Arguments in, Target out, int row) {
    out.beginText(row);
    for (int i = 0; i < in.count(); i++) {
      if (!in.isNull(i)) {
        Slice slice = in.slice(i);
        out.append(slice.bytes, slice.start, slice.end);
      }
    }
    out.endText(row);
  }

  static Bound regexpLike(Binder binder, Node.Call call, List<Bound> arguments) {
    List<Bound> typed = binder.texts(call, arguments);
    if (!(typed.get(1) instanceof Constant constant) || constant.isNull()) {
      throw new ExpressionException(
          call.children().get(1).position(),
          "pattern of regexp_like must be a 'text' in quotes; found: "
              + call.children().get(1).canonical());
    }
    Matcher matcher;
    try {
      matcher = Pattern.compile(constant.column.textAt(0)).matcher("");
    } catch (PatternSyntaxException e) {
      throw new ExpressionException(
          call.children().get(1).position(),
          "pattern of regexp_like must be a regular expression; found: "
              + call.children().get(1).canonical()
              + "; "
              + e.getDescription());
    }
    return Functions.call(
        Type.BOOL,
        typed,
        (in, out, row) -> {
          try {
            out.setBool(row, matcher.reset(in.slice(0).text()).find());
          } catch (StackOverflowError e) {
            // The pattern recurses once per character of a long text.
            out.setNull(row);
          }
        });
  }

  static Bound words(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.LONG,
        binder.texts(call, arguments),
        (in, out, row) -> out.setLong(row, Texts.words(in.slice(0))));
  }

  static Bound han(Binder binder, Node.Call call, List<Bound> arguments) {
    return Functions.call(
        Type.LONG,
        binder.texts(call, arguments),
        (in, out, row) -> out.setLong(row, Texts.han(in.slice(0))));
  }
}
