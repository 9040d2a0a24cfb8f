package dev.quern.expression;

import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads expressions by recursive descent. Loosest first: OR, AND, NOT, comparisons and IS NULL, IN,
 * BETWEEN, LIKE, then + - ||, then * / %, then a minus sign, then {@code .part}.
 */
final class Parser {
  /** Words that are no field names unless quoted. */
  static final Set<String> RESERVED =
      Set.of(
          "OR", "AND", "NOT", "IS", "IN", "BETWEEN", "LIKE", "ESCAPE", "CASE", "WHEN", "THEN",
          "ELSE", "END", "CAST", "AS", "TRUE", "FALSE", "NULL");

  /** Depth up to which evaluation surely fits into the stack of a small thread. */
  static final int MAX_DEPTH = 200;

  private static final Map<String, Node.Operator> COMPARISONS =
      Map.of(
          "=", Node.Operator.EQUAL,
          "==", Node.Operator.EQUAL,
          "<>", Node.Operator.NOT_EQUAL,
          "!=", Node.Operator.NOT_EQUAL,
          "<", Node.Operator.LESS,
          "<=", Node.Operator.LESS_OR_EQUAL,
          ">", Node.Operator.GREATER,
          ">=", Node.Operator.GREATER_OR_EQUAL);

  private final List<Token> tokens;
  private final Map<Node, Integer> depths = new IdentityHashMap<>();
  private int at;
  private int nesting;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(String text) {
    Parser parser = new Parser(Lexer.tokens(text));
    if (parser.peek().kind() == Token.Kind.END) {
      throw new ExpressionException(
          parser.peek().position(), "expression must not be empty; found: nothing");
    }
    Node node = parser.expression();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw parser.wrong(rest, "expression must end here or go on with an operator", fix(rest));
    }
    return node;
  }

  private static String fix(Token found) {
    if (found.isSymbol("(")) {
      return "; functions are called by name(…)";
    }
    return switch (found.kind()) {
      case TEXT, NUMBER, NAME, QUOTED_NAME -> "; join two conditions by AND or OR";
      case SYMBOL, END -> "";
    };
  }

  private Node expression() {
    return chain(Node.Operator.OR);
  }

  /** AND and OR are taken together into one node, whatever their number. */
  private Node chain(Node.Operator operator) {
    List<Node> parts = new ArrayList<>();
    int position = peek().position();
    do {
      parts.add(operator == Node.Operator.OR ? chain(Node.Operator.AND) : negation());
    } while (accept(operator.symbol));
    return parts.size() == 1
        ? parts.get(0)
        : made(new Node.Operation(position, operator, List.copyOf(parts)));
  }

  private Node negation() {
    Token token = peek();
    if (!accept("NOT")) {
      return predicate();
    }
    enter(token);
    Node operand = negation();
    nesting--;
    return made(new Node.Not(token.position(), operand));
  }

  private Node predicate() {
    Node left = sum();
    Token token = peek();
    Node.Operator comparison =
        token.kind() == Token.Kind.SYMBOL ? COMPARISONS.get(token.text()) : null;
    if (comparison != null) {
      at++;
      Node right = sum();
      Token more = peek();
      if (more.kind() == Token.Kind.SYMBOL && COMPARISONS.containsKey(more.text())) {
        throw wrong(
            more,
            "comparison must have two sides",
            "; write a < b AND b < c, or put one comparison into parentheses");
      }
      return made(new Node.Operation(token.position(), comparison, List.of(left, right)));
    }
    while (peek().isWord("IS")) {
      Token is = next();
      boolean not = accept("NOT");
      if (!accept("NULL")) {
        throw wrong(peek(), "IS must be followed by NULL or NOT NULL", "");
      }
      left = negated(not, is, made(new Node.IsNull(is.position(), left)));
    }
    return membership(left);
  }

  private Node membership(Node left) {
    Token token = peek();
    boolean not = token.isWord("NOT");
    Token word = not ? tokens.get(at + 1) : token;
    if (!word.isWord("IN") && !word.isWord("BETWEEN") && !word.isWord("LIKE")) {
      return left;
    }
    at += not ? 2 : 1;
    Node made;
    if (word.isWord("IN")) {
      expect("(", "IN must be followed by a list of values in parentheses");
      List<Node> values = list(")", "values of IN must be closed by )");
      if (values.isEmpty()) {
        throw wrong(word, "IN must have at least one value", "");
      }
      made = new Node.In(word.position(), left, values);
    } else if (word.isWord("BETWEEN")) {
      Node low = sum();
      expect("AND", "BETWEEN must have its bounds joined by AND");
      made = new Node.Between(word.position(), left, low, sum());
    } else {
      made = like(word, left);
    }
    return negated(not, token, made(made));
  }

  private Node like(Token word, Node left) {
    Token pattern = next();
    if (pattern.kind() != Token.Kind.TEXT) {
      throw wrong(pattern, "LIKE must be followed by a 'text' with % and _", "");
    }
    Optional<String> escape = Optional.empty();
    if (accept("ESCAPE")) {
      Token character = next();
      if (character.kind() != Token.Kind.TEXT
          || character.text().codePointCount(0, character.text().length()) != 1) {
        throw wrong(character, "ESCAPE must be followed by a text of one character", "");
      }
      escape = Optional.of(character.text());
    }
    Node.Literal literal =
        new Node.Literal(pattern.position(), Node.Literal.Kind.TEXT, pattern.text());
    return new Node.Like(word.position(), left, literal, escape);
  }

  private Node negated(boolean not, Token token, Node node) {
    return not ? made(new Node.Not(token.position(), node)) : node;
  }

  private Node sum() {
    Node left = product();
    while (true) {
      Token token = peek();
      Node.Operator operator = null;
      if (token.isSymbol("+")) {
        operator = Node.Operator.ADD;
      } else if (token.isSymbol("-")) {
        operator = Node.Operator.SUBTRACT;
      } else if (token.isSymbol("||")) {
        operator = Node.Operator.CONCAT;
      }
      if (operator == null) {
        return left;
      }
      at++;
      left = made(new Node.Operation(token.position(), operator, List.of(left, product())));
    }
  }

  private Node product() {
    Node left = unary();
    while (true) {
      Token token = peek();
      Node.Operator operator = null;
      if (token.isSymbol("*")) {
        operator = Node.Operator.MULTIPLY;
      } else if (token.isSymbol("/")) {
        operator = Node.Operator.DIVIDE;
      } else if (token.isSymbol("%")) {
        operator = Node.Operator.REMAINDER;
      }
      if (operator == null) {
        return left;
      }
      at++;
      left = made(new Node.Operation(token.position(), operator, List.of(left, unary())));
    }
  }

  private Node unary() {
    Token token = peek();
    if (token.isSymbol("-")) {
      at++;
      Token number = peek();
      Token after = number.kind() == Token.Kind.NUMBER ? tokens.get(at + 1) : number;
      if (number.kind() == Token.Kind.NUMBER && !after.isSymbol(".")) {
        at++;
        return made(
            new Node.Literal(token.position(), Node.Literal.Kind.NUMBER, "-" + number.text()));
      }
      enter(token);
      Node operand = unary();
      nesting--;
      return made(new Node.Minus(token.position(), operand));
    }
    Node node = primary();
    while (peek().isSymbol(".")) {
      Token dot = next();
      Token part = next();
      if (part.kind() != Token.Kind.NAME && part.kind() != Token.Kind.QUOTED_NAME) {
        throw wrong(part, "name of a part must follow the point", "");
      }
      node = made(new Node.Part(dot.position(), node, part.text()));
    }
    return node;
  }

  private Node primary() {
    Token token = next();
    switch (token.kind()) {
      case NUMBER -> {
        return made(new Node.Literal(token.position(), Node.Literal.Kind.NUMBER, token.text()));
      }
      case TEXT -> {
        return made(new Node.Literal(token.position(), Node.Literal.Kind.TEXT, token.text()));
      }
      case QUOTED_NAME -> {
        return made(new Node.Named(token.position(), token.text()));
      }
      case NAME -> {
        return named(token);
      }
      case SYMBOL -> {
        if (token.isSymbol("(")) {
          enter(token);
          Node inner = expression();
          nesting--;
          expect(")", "parenthesis must be closed by )");
          return inner;
        }
      }
      case END -> {}
    }
    throw wrong(token, "value must be a field, a number, a 'text', a function or (", "");
  }

  private Node named(Token token) {
    String word = token.text().toUpperCase(Locale.ROOT);
    switch (word) {
      case "TRUE", "FALSE", "NULL" -> {
        return made(
            new Node.Literal(token.position(), Node.Literal.Kind.valueOf(word), token.text()));
      }
      case "CASE" -> {
        enter(token);
        Node made = cases(token);
        nesting--;
        return made;
      }
      case "CAST" -> {
        return cast(token);
      }
      case "DATE", "TIMESTAMP" -> {
        if (peek().kind() == Token.Kind.TEXT) {
          return made(
              new Node.Literal(token.position(), Node.Literal.Kind.valueOf(word), next().text()));
        }
      }
      default -> {}
    }
    if (RESERVED.contains(word)) {
      throw wrong(
          token,
          "value must be a field, a number, a 'text', a function or (",
          "; put a field of this name into \"quotes\" or `backticks`");
    }
    if (!accept("(")) {
      return made(new Node.Named(token.position(), token.text()));
    }
    enter(token);
    List<Node> arguments = list(")", "arguments of " + token.text() + " must be closed by )");
    nesting--;
    return made(new Node.Call(token.position(), token.text().toLowerCase(Locale.ROOT), arguments));
  }

  private Node cases(Token token) {
    Node operand = peek().isWord("WHEN") ? null : expression();
    List<Node> conditions = new ArrayList<>();
    List<Node> results = new ArrayList<>();
    while (accept("WHEN")) {
      conditions.add(expression());
      expect("THEN", "condition of CASE must be followed by THEN");
      results.add(expression());
    }
    if (conditions.isEmpty()) {
      throw wrong(peek(), "CASE must have a WHEN", "");
    }
    Node otherwise = accept("ELSE") ? expression() : null;
    expect("END", "CASE must be closed by END");
    return made(new Node.Case(token.position(), operand, conditions, results, otherwise));
  }

  private Node cast(Token token) {
    expect("(", "CAST must be followed by (value AS type)");
    enter(token);
    Node operand = expression();
    nesting--;
    expect("AS", "value of CAST must be followed by AS and a type");
    Token name = next();
    StringBuilder written = new StringBuilder(name.text());
    if (name.kind() == Token.Kind.NAME && accept("(")) {
      written.append('(');
      while (peek().kind() == Token.Kind.NUMBER || peek().isSymbol(",")) {
        written.append(next().text());
      }
      expect(")", "type must be closed by )");
      written.append(')');
    }
    expect(")", "CAST must be closed by )");
    try {
      Type type = Type.parse(written.toString());
      if (name.kind() == Token.Kind.NAME && type.isScalar() && type != Type.BYTES) {
        return made(new Node.Cast(token.position(), operand, type));
      }
    } catch (IllegalArgumentException e) {
      // No type: said below with the place.
    }
    throw wrong(
        name,
        "type of CAST must be text, long, double, float, decimal(p,s), bool, timestamp or date",
        "");
  }

  private List<Node> list(String close, String rule) {
    List<Node> nodes = new ArrayList<>();
    if (accept(close)) {
      return nodes;
    }
    do {
      nodes.add(expression());
    } while (accept(","));
    expect(close, rule);
    return List.copyOf(nodes);
  }

  private Node made(Node node) {
    int depth = 1;
    for (Node child : node.children()) {
      depth = Math.max(depth, 1 + depths.getOrDefault(child, 0));
    }
    if (depth > MAX_DEPTH) {
      throw tooDeep(node.position());
    }
    depths.put(node, depth);
    return node;
  }

  private void enter(Token token) {
    if (++nesting > MAX_DEPTH) {
      throw tooDeep(token.position());
    }
  }

  private static ExpressionException tooDeep(int position) {
    return new ExpressionException(
        position, "expression must be at most " + MAX_DEPTH + " operators deep; found: more");
  }

  private Token peek() {
    return tokens.get(at);
  }

  /** Returns the next token; the end is never passed. */
  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  private boolean accept(String wordOrSymbol) {
    if (!peek().isWord(wordOrSymbol) && !peek().isSymbol(wordOrSymbol)) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(String wordOrSymbol, String rule) {
    if (!accept(wordOrSymbol)) {
      throw wrong(peek(), rule, "");
    }
  }

  private ExpressionException wrong(Token found, String rule, String fix) {
    return new ExpressionException(found.position(), rule + "; found: " + found.shown() + fix);
  }
}
