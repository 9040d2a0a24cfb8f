package dev.quern.text;

import java.util.Locale;

/**
 * Text that is told to people on one line. Names of files and fields come from outside: what would
 * end the line, move the cursor, colour the terminal or turn the direction of writing is escaped.
 */
public final class OneLine {
  private OneLine() {}

  /**
   * Returns {@code text} with <code>&#92;n</code>, <code>&#92;u001b</code> … for such characters.
   */
  public static String of(String text) {
    int clean = 0;
    while (clean < text.length() && isPlain(text.codePointAt(clean))) {
      clean += Character.charCount(text.codePointAt(clean));
    }
    if (clean == text.length()) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                line.appendCodePoint(c);
              } else if (c == '\n') {
                line.append("\\n");
              } else if (c == '\r') {
                line.append("\\r");
              } else if (c == '\t') {
                line.append("\\t");
              } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return line.toString();
  }

  /** Joiners within words and emoji are plain; marks of direction, tags and the like are not. */
  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> c == '\u200c' || c == '\u200d';
      default -> true;
    };
  }
}
