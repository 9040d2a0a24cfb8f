package dev.quern.check;

import dev.quern.expression.ExpressionException;
import dev.quern.expression.Lexer;
import dev.quern.expression.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A check as a line: {@code metric(arguments) comparison [where condition]}, for example {@code
 * quantile(age, 0.5) between 20 and 60 where country = 'CN'} or {@code validity(size, set = ['S',
 * 'M']) = 1}. In a map the metric alone stands so.
 *
 * @param metric the name before the parenthesis
 * @param arguments what stands in the parentheses
 * @param constraint the comparison, if there is one
 * @param condition the text after {@code where}, if there is one
 */
record CheckLine(
    String metric,
    List<Argument> arguments,
    Optional<Constraint> constraint,
    Optional<String> condition) {

  /**
   * An argument of a metric.
   *
   * @param name the parameter it is for, if that is written: {@code name = value}
   * @param value a String, Long, Double, Boolean or a List of these, which may hold Lists in turn
   * @param isName whether it was written as a name, not as a value
   * @param position its column
   */
  record Argument(Optional<String> name, Object value, boolean isName, int position) {}

  /** Returns metric and arguments as a text that equal metrics share, {@code mean(age)}. */
  String written() {
    List<String> shown = new ArrayList<>();
    for (Argument argument : arguments) {
      String value =
          argument.value() instanceof Double number
              ? Constraint.plain(number)
              : argument.value().toString();
      shown.add(argument.name().map(name -> name + ": ").orElse("") + value);
    }
    return metric.toLowerCase(Locale.ROOT) + "(" + String.join(", ", shown) + ")";
  }

  /**
   * Reads a line.
   *
   * @throws ExpressionException if it is no check
   */
  static CheckLine parse(String text) {
    return new Parsing(text).line();
  }

  private static final class Parsing {
    private static final int MOST_DEPTH = 2;

    private final String text;
    private final List<Token> tokens;
    private int at;

    Parsing(String text) {
      this.text = text;
      this.tokens = Lexer.tokensWithLists(text);
    }

    CheckLine line() {
      Token first = next();
      if (first.kind() != Token.Kind.NAME) {
        throw wrong(first, "check must begin with the name of a metric");
      }
      StringBuilder metric = new StringBuilder(first.text());
      while (peek().isSymbol(".")) {
        at++;
        metric.append('.').append(next().text());
      }
      Token open = next();
      if (!open.isSymbol("(")) {
        throw wrong(open, "metric must be followed by its arguments in parentheses");
      }
      List<Argument> arguments = arguments();
      Optional<Constraint> constraint = constraint();
      Token rest = next();
      Optional<String> condition = Optional.empty();
      if (rest.isWord("WHERE")) {
        Token begin = peek();
        condition = Optional.of(text.substring(text.offsetByCodePoints(0, begin.position() - 1)));
        if (begin.kind() == Token.Kind.END) {
          throw wrong(begin, "where must be followed by a condition");
        }
      } else if (rest.kind() != Token.Kind.END) {
        throw wrong(rest, "check must end here or go on with where");
      }
      return new CheckLine(metric.toString(), arguments, constraint, condition);
    }

    private List<Argument> arguments() {
      List<Argument> arguments = new ArrayList<>();
      if (peek().isSymbol(")")) {
        at++;
        return arguments;
      }
      while (true) {
        arguments.add(argument());
        Token token = next();
        if (token.isSymbol(")")) {
          return arguments;
        }
        if (!token.isSymbol(",")) {
          throw wrong(token, "arguments must be separated by , and closed by )");
        }
      }
    }

    private Argument argument() {
      Token token = peek();
      boolean named =
          token.kind() == Token.Kind.NAME
              && (tokens.get(at + 1).isSymbol("=") || tokens.get(at + 1).isSymbol(":"));
      if (named) {
        at += 2;
        return new Argument(Optional.of(token.text()), value(0), false, token.position());
      }
      boolean isName = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.QUOTED_NAME;
      boolean isTruth = token.isWord("TRUE") || token.isWord("FALSE");
      return new Argument(Optional.empty(), value(0), isName && !isTruth, token.position());
    }

    private Object value(int depth) {
      Token token = peek();
      if (token.isSymbol("[")) {
        return list(depth);
      }
      if (token.isWord("TRUE") || token.isWord("FALSE")) {
        at++;
        return token.isWord("TRUE");
      }
      switch (token.kind()) {
        case NAME, QUOTED_NAME, TEXT -> {
          at++;
          StringBuilder name = new StringBuilder(token.text());
          while (token.kind() == Token.Kind.NAME && peek().isSymbol(".")) {
            at++;
            name.append('.').append(next().text());
          }
          return name.toString();
        }
        case NUMBER, SYMBOL -> {
          double number = number();
          String written = tokens.get(at - 1).text();
          boolean whole = !written.matches("(?s).*[.eE].*");
          return whole && Math.abs(number) < 0x1p53 ? (Object) (long) number : number;
        }
        case END -> {}
      }
      throw wrong(token, "argument must be a field, a number, a 'text' or a [list]");
    }

    private List<Object> list(int depth) {
      Token open = next();
      if (depth == MOST_DEPTH) {
        throw wrong(open, "list must not hold lists that hold lists");
      }
      List<Object> values = new ArrayList<>();
      if (peek().isSymbol("]")) {
        at++;
        return values;
      }
      while (true) {
        values.add(value(depth + 1));
        Token token = next();
        if (token.isSymbol("]")) {
          return values;
        }
        if (!token.isSymbol(",")) {
          throw wrong(token, "values of a list must be separated by , and closed by ]");
        }
      }
    }

    private Optional<Constraint> constraint() {
      Token token = peek();
      if (token.kind() == Token.Kind.END || token.isWord("WHERE")) {
        return Optional.empty();
      }
      at++;
      try {
        boolean not = token.isWord("NOT") && peek().isWord("BETWEEN");
        if (not) {
          at++;
        }
        if (not || token.isWord("BETWEEN")) {
          double low = bound();
          Token and = next();
          if (!and.isWord("AND")) {
            throw wrong(and, "between must have its bounds joined by and");
          }
          Constraint.Kind kind = not ? Constraint.Kind.NOT_BETWEEN : Constraint.Kind.BETWEEN;
          return Optional.of(new Constraint(kind, low, bound()));
        }
        for (Constraint.Kind kind : Constraint.Kind.values()) {
          if (token.isSymbol(kind.symbol())
              || kind == Constraint.Kind.EQUALS && token.isSymbol("==")
              || kind == Constraint.Kind.NOT_EQUALS && token.isSymbol("<>")) {
            return Optional.of(Constraint.of(kind, bound()));
          }
        }
      } catch (IllegalArgumentException e) {
        throw new ExpressionException(token.position(), String.valueOf(e.getMessage()));
      }
      throw wrong(token, "metric must be followed by =, !=, >=, <=, >, < or between");
    }

    private double bound() {
      return peek().kind() == Token.Kind.TEXT ? Constraint.time(next().text()) : number();
    }

    private double number() {
      Token token = next();
      boolean minus = token.isSymbol("-");
      Token number = minus ? next() : token;
      if (number.kind() != Token.Kind.NUMBER) {
        throw wrong(number, "value must be a number");
      }
      double value = Double.parseDouble(number.text());
      return minus ? -value : value;
    }

    private Token peek() {
      return tokens.get(at);
    }

    private Token next() {
      Token token = tokens.get(at);
      if (token.kind() != Token.Kind.END) {
        at++;
      }
      return token;
    }

    private static ExpressionException wrong(Token found, String rule) {
      return new ExpressionException(found.position(), rule + "; found: " + found.shown());
    }
  }
}
