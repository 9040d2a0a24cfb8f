package dev.quern.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an expression into tokens. */
public final class Lexer {
  /** Longest expression in UTF-16 units: far above any written by hand. */
  static final int MAX_LENGTH = 1 << 16;

  private static final List<String> SYMBOLS =
      List.of(
          "<=", ">=", "<>", "!=", "==", "||", "(", ")", ",", ".", "+", "-", "*", "/", "%", "=", "<",
          ">");

  /** What lists and named arguments of checks are written with. */
  private static final List<String> LIST_SYMBOLS = List.of("[", "]", ":");

  private final String text;
  private final List<String> symbols;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** Column of {@code at}, counted on from the last place it was asked for. */
  private int column = 1;

  private int columnAt;

  private Lexer(String text, List<String> symbols) {
    this.text = text;
    this.symbols = symbols;
  }

  /**
   * Returns the tokens of {@code text}, the end last.
   *
   * @throws ExpressionException if a character belongs to none
   */
  public static List<Token> tokens(String text) {
    return tokens(text, SYMBOLS);
  }

  /**
   * Returns the tokens of {@code text}, in which brackets and colons are symbols too, the end last.
   *
   * @throws ExpressionException if a character belongs to none
   */
  public static List<Token> tokensWithLists(String text) {
    List<String> symbols = new ArrayList<>(SYMBOLS);
    symbols.addAll(LIST_SYMBOLS);
    return tokens(text, symbols);
  }

  private static List<Token> tokens(String text, List<String> symbols) {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          1, "expression must be at most " + MAX_LENGTH + " characters; found: " + text.length());
    }
    return new Lexer(text, symbols).all();
  }

  private List<Token> all() {
    while (true) {
      while (at < text.length() && isSpace(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      int position = position(at);
      if (at == text.length()) {
        tokens.add(new Token(Token.Kind.END, "", position));
        return tokens;
      }
      int c = text.codePointAt(at);
      if (c == '\'') {
        tokens.add(new Token(Token.Kind.TEXT, quoted('\'', position), position));
      } else if (c == '"' || c == '`') {
        String name = quoted((char) c, position);
        if (name.isEmpty()) {
          throw new ExpressionException(
              position, "field name must not be empty; found: nothing between quotes");
        }
        tokens.add(new Token(Token.Kind.QUOTED_NAME, name, position));
      } else if (isDigit(at) || c == '.' && isDigit(at + 1) && !afterName()) {
        number(position);
      } else if (isNameStart(c)) {
        int start = at;
        while (at < text.length() && isNamePart(text.codePointAt(at))) {
          at += Character.charCount(text.codePointAt(at));
        }
        tokens.add(new Token(Token.Kind.NAME, text.substring(start, at), position));
      } else {
        symbol(c, position);
      }
    }
  }

  /** White space, the ideographic one too. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || c == 0xA0 || c == 0xFEFF;
  }

  static boolean isNameStart(int c) {
    return c == '_' || Character.isUnicodeIdentifierStart(c);
  }

  static boolean isNamePart(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private boolean afterName() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return last.kind() == Token.Kind.NAME
        || last.kind() == Token.Kind.QUOTED_NAME
        || last.isSymbol(")");
  }

  private String quoted(char quote, int position) {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      if (at >= text.length()) {
        throw new ExpressionException(
            position, "quote must be closed by " + quote + "; found: the end");
      }
      char c = text.charAt(at++);
      if (c != quote) {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        value.append(quote);
        at++;
      } else {
        return value.toString();
      }
    }
  }

  private void number(int position) {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      if (isDigit(exponent)) {
        at = exponent;
        digits();
      }
    }
    if (at < text.length() && isNamePart(text.codePointAt(at))) {
      throw new ExpressionException(
          position(at),
          "number must end before a name begins; found: "
              + text.substring(start, text.offsetByCodePoints(at, 1))
              + "; put field names that begin with a digit into \"quotes\" or `backticks`");
    }
    tokens.add(new Token(Token.Kind.NUMBER, text.substring(start, at), position));
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private void symbol(int c, int position) {
    for (String symbol : symbols) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        tokens.add(new Token(Token.Kind.SYMBOL, symbol, position));
        return;
      }
    }
    String fix =
        switch (c) {
          case '&' -> "; did you mean AND?";
          case '|' -> "; did you mean OR?";
          case '!' -> "; did you mean NOT?";
          case '‘', '’', '“', '”' -> "; texts stand between straight quotes: 'text'";
          case '（', '）', '，' -> "; did you mean '" + (char) (c - 0xFF00 + 0x20) + "'?";
          default -> "; field names of other characters stand in \"quotes\" or `backticks`";
        };
    throw new ExpressionException(
        position,
        "character must begin a name, a number, a text or an operator; found: "
            + new String(Character.toChars(c))
            + fix);
  }

  private int position(int index) {
    column += text.codePointCount(columnAt, index);
    columnAt = index;
    return column;
  }
}
