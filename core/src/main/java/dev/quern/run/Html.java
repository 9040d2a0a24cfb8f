package dev.quern.run;

import org.jspecify.annotations.Nullable;

/** Builds HTML text; everything that is not markup passes {@link #text}. */
final class Html {
  private final StringBuilder out = new StringBuilder(64 * 1024);

  /** Appends markup as it is. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Appends text, escaped. */
  Html text(@Nullable Object value) {
    out.append(escape(String.valueOf(value)));
    return this;
  }

  /** Appends an element with text. */
  Html element(String name, String attributes, @Nullable Object value) {
    return open(name, attributes).text(value).raw("</" + name + ">");
  }

  /** Appends a table cell with text. */
  Html cell(@Nullable Object value) {
    return element("td", "", value);
  }

  /** Appends a right-aligned table cell with text. */
  Html number(@Nullable Object value) {
    return element("td", "class=\"n\"", value);
  }

  /** Appends the head of a table; columns that begin with {@code >} are right-aligned. */
  Html table(String... columns) {
    raw("<table><thead><tr>");
    for (String column : columns) {
      if (column.startsWith(">")) {
        element("th", "class=\"n\"", column.substring(1));
      } else {
        element("th", "", column);
      }
    }
    return raw("</tr></thead><tbody>\n");
  }

  Html endTable() {
    return raw("</tbody></table>\n");
  }

  Html open(String name, String attributes) {
    out.append('<').append(name);
    if (!attributes.isEmpty()) {
      out.append(' ').append(attributes);
    }
    out.append('>');
    return this;
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
