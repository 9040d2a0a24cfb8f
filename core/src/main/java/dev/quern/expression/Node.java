package dev.quern.expression;

import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parsed expression before it knows its fields. */
sealed interface Node {
  /** Column of its operator or first character, in code points from 1. */
  int position();

  /** What it is computed from. */
  List<Node> children();

  /** A word between two values, in the order of precedence, loosest first. */
  enum Operator {
    OR("OR", 1),
    AND("AND", 2),
    EQUAL("=", 4),
    NOT_EQUAL("<>", 4),
    LESS("<", 4),
    LESS_OR_EQUAL("<=", 4),
    GREATER(">", 4),
    GREATER_OR_EQUAL(">=", 4),
    ADD("+", 5),
    SUBTRACT("-", 5),
    CONCAT("||", 5),
    MULTIPLY("*", 6),
    DIVIDE("/", 6),
    REMAINDER("%", 6);

    final String symbol;
    final int precedence;

    Operator(String symbol, int precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }

    boolean isComparison() {
      return precedence == 4;
    }
  }

  /** Precedence of NOT, of IS NULL and the like, and of what needs no parentheses. */
  int NOT_PRECEDENCE = 3;

  int PREDICATE_PRECEDENCE = 4;
  int MINUS_PRECEDENCE = 7;
  int PRIMARY_PRECEDENCE = 8;

  /** A number, text, TRUE, FALSE or NULL; {@code written} is the number or the text. */
  record Literal(int position, Kind kind, String written) implements Node {
    enum Kind {
      NUMBER,
      TEXT,
      DATE,
      TIMESTAMP,
      TRUE,
      FALSE,
      NULL
    }

    @Override
    public List<Node> children() {
      return List.of();
    }
  }

  /** The value of a field. */
  record Named(int position, String name) implements Node {
    @Override
    public List<Node> children() {
      return List.of();
    }
  }

  /** A part of a struct. */
  record Part(int position, Node struct, String name) implements Node {
    @Override
    public List<Node> children() {
      return List.of(struct);
    }
  }

  /** A minus before a number. */
  record Minus(int position, Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }
  }

  /** NOT. */
  record Not(int position, Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }
  }

  /** An operator between two values; AND and OR between two or more. */
  record Operation(int position, Operator operator, List<Node> children) implements Node {}

  /** IS NULL. */
  record IsNull(int position, Node operand) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }
  }

  /** IN. */
  record In(int position, Node operand, List<Node> values) implements Node {
    @Override
    public List<Node> children() {
      List<Node> all = new ArrayList<>(List.of(operand));
      all.addAll(values);
      return all;
    }
  }

  /** BETWEEN. */
  record Between(int position, Node operand, Node low, Node high) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand, low, high);
    }
  }

  /** LIKE; the pattern is a text literal. */
  record Like(int position, Node operand, Literal pattern, Optional<String> escape)
      implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }
  }

  /** CASE; conditions and results pairwise. */
  record Case(
      int position,
      @Nullable Node operand,
      List<Node> conditions,
      List<Node> results,
      @Nullable Node otherwise)
      implements Node {
    @Override
    public List<Node> children() {
      List<Node> all = new ArrayList<>(conditions);
      all.addAll(results);
      if (operand != null) {
        all.add(operand);
      }
      if (otherwise != null) {
        all.add(otherwise);
      }
      return all;
    }
  }

  /** CAST. */
  record Cast(int position, Node operand, Type type) implements Node {
    @Override
    public List<Node> children() {
      return List.of(operand);
    }
  }

  /** A call of a function; the name in lower case. */
  record Call(int position, String name, List<Node> children) implements Node {}

  /** Returns the one way to write this expression. */
  default String canonical() {
    StringBuilder out = new StringBuilder();
    Canonical.write(out, this, 0);
    return out.toString();
  }

  /** Writes expressions with as few parentheses as reading them back allows. */
  final class Canonical {
    private Canonical() {}

    private static void write(StringBuilder out, Node node, int outer) {
      boolean parentheses = precedence(node) < outer;
      out.append(parentheses ? "(" : "");
      if (node instanceof Operation operation) {
        writeOperation(out, operation);
      } else if (node instanceof Not not) {
        out.append("NOT ");
        write(out, not.operand(), NOT_PRECEDENCE);
      } else if (node instanceof Minus minus) {
        // A minus before a digit would become part of the number.
        boolean number = minus.operand() instanceof Literal;
        out.append(number ? "-(" : "- ");
        write(out, minus.operand(), number ? 0 : MINUS_PRECEDENCE);
        out.append(number ? ")" : "");
      } else if (node instanceof IsNull isNull) {
        write(out, isNull.operand(), PREDICATE_PRECEDENCE + 1);
        out.append(" IS NULL");
      } else if (node instanceof In in) {
        write(out, in.operand(), PREDICATE_PRECEDENCE + 1);
        out.append(" IN (");
        writeAll(out, in.values());
        out.append(')');
      } else if (node instanceof Between between) {
        write(out, between.operand(), PREDICATE_PRECEDENCE + 1);
        out.append(" BETWEEN ");
        write(out, between.low(), PREDICATE_PRECEDENCE + 1);
        out.append(" AND ");
        write(out, between.high(), PREDICATE_PRECEDENCE + 1);
      } else if (node instanceof Like like) {
        write(out, like.operand(), PREDICATE_PRECEDENCE + 1);
        out.append(" LIKE ").append(quoted(like.pattern().written()));
        like.escape().ifPresent(escape -> out.append(" ESCAPE ").append(quoted(escape)));
      } else {
        writePrimary(out, node);
      }
      out.append(parentheses ? ")" : "");
    }

    private static void writeOperation(StringBuilder out, Operation operation) {
      Operator operator = operation.operator();
      for (int i = 0; i < operation.children().size(); i++) {
        out.append(i == 0 ? "" : " " + operator.symbol + " ");
        // Comparisons do not chain, the others lean to the left.
        boolean tight = i > 0 || operator.isComparison();
        write(out, operation.children().get(i), operator.precedence + (tight ? 1 : 0));
      }
    }

    private static void writePrimary(StringBuilder out, Node node) {
      if (node instanceof Literal literal) {
        switch (literal.kind()) {
          case NUMBER -> out.append(literal.written());
          case TEXT -> out.append(quoted(literal.written()));
          case DATE, TIMESTAMP ->
              out.append(literal.kind()).append(' ').append(quoted(literal.written()));
          case TRUE, FALSE, NULL -> out.append(literal.kind());
        }
      } else if (node instanceof Named named) {
        out.append(name(named.name()));
      } else if (node instanceof Part part) {
        write(out, part.struct(), PRIMARY_PRECEDENCE);
        out.append('.').append(name(part.name()));
      } else if (node instanceof Cast cast) {
        out.append("CAST(");
        write(out, cast.operand(), 0);
        out.append(" AS ").append(cast.type()).append(')');
      } else if (node instanceof Call call) {
        out.append(call.name()).append('(');
        writeAll(out, call.children());
        out.append(')');
      } else if (node instanceof Case cases) {
        writeCase(out, cases);
      }
    }

    private static void writeCase(StringBuilder out, Case cases) {
      out.append("CASE");
      if (cases.operand() != null) {
        out.append(' ');
        write(out, cases.operand(), 0);
      }
      for (int i = 0; i < cases.conditions().size(); i++) {
        out.append(" WHEN ");
        write(out, cases.conditions().get(i), 0);
        out.append(" THEN ");
        write(out, cases.results().get(i), 0);
      }
      if (cases.otherwise() != null) {
        out.append(" ELSE ");
        write(out, cases.otherwise(), 0);
      }
      out.append(" END");
    }

    private static void writeAll(StringBuilder out, List<Node> nodes) {
      for (int i = 0; i < nodes.size(); i++) {
        out.append(i == 0 ? "" : ", ");
        write(out, nodes.get(i), 0);
      }
    }

    private static int precedence(Node node) {
      if (node instanceof Operation operation) {
        return operation.operator().precedence;
      }
      if (node instanceof Not) {
        return NOT_PRECEDENCE;
      }
      if (node instanceof Minus) {
        return MINUS_PRECEDENCE;
      }
      boolean predicate =
          node instanceof IsNull
              || node instanceof In
              || node instanceof Between
              || node instanceof Like;
      return predicate ? PREDICATE_PRECEDENCE : PRIMARY_PRECEDENCE;
    }

    private static String quoted(String text) {
      return "'" + text.replace("'", "''") + "'";
    }

    private static String name(String name) {
      boolean plain =
          Lexer.isNameStart(name.codePointAt(0))
              && name.codePoints().allMatch(Lexer::isNamePart)
              && !Parser.RESERVED.contains(name.toUpperCase(Locale.ROOT));
      return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
  }
}
