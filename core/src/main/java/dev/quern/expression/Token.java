package dev.quern.expression;

import java.util.Locale;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text as written; without quotes and escapes for texts and quoted names
 * @param position column of its first character, in code points from 1
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    QUOTED_NAME,
    SYMBOL,
    END
  }

  boolean isWord(String upper) {
    return kind == Kind.NAME && text.toUpperCase(Locale.ROOT).equals(upper);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Returns what messages say was found. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "the text '" + text.replace("'", "''") + "'";
      case QUOTED_NAME -> "\"" + text + "\"";
      case NUMBER, NAME, SYMBOL -> text;
    };
  }
}
