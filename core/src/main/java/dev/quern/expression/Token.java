package dev.quern.expression;

import java.util.Locale;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text as written; without quotes and escapes for texts and quoted names
 * @param position column of its first character, in code points from 1
 */
public record Token(Kind kind, String text, int position) {
  /** What a word is. */
  public enum Kind {
    NUMBER,
    TEXT,
    NAME,
    QUOTED_NAME,
    SYMBOL,
    END
  }

  /** Returns whether this is the unquoted word {@code upper}, in any case. */
  public boolean isWord(String upper) {
    return kind == Kind.NAME && text.toUpperCase(Locale.ROOT).equals(upper);
  }

  /** Returns whether this is {@code symbol}. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Returns what messages say was found. */
  public String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "the text '" + text.replace("'", "''") + "'";
      case QUOTED_NAME -> "\"" + text + "\"";
      case NUMBER, NAME, SYMBOL -> text;
    };
  }
}
