package dev.quern.run;

import java.util.Map;
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

  /** Begins a section that is kept on one page of paper if it can be. */
  Html section(String id, String title) {
    return begin(id, "", title);
  }

  /** Begins a section that may be longer than a page of paper. */
  Html longSection(String id, String title) {
    return begin(id, " class=\"long\"", title);
  }

  private Html begin(String id, String attributes, String title) {
    raw("<section id=\"" + id + "\"" + attributes + ">");
    return element("h2", "", title).raw("\n");
  }

  Html endSection() {
    return raw("</section>\n");
  }

  /** Begins blocks that stand side by side where there is room. */
  Html beginBlocks() {
    return raw("<div class=\"blocks\"><div>");
  }

  /** Begins the next block. */
  Html nextBlock() {
    return raw("</div><div>");
  }

  Html endBlocks() {
    return raw("</div></div>\n");
  }

  /** Appends a remark in small print. */
  Html note(String text) {
    return element("p", "class=\"note\"", text);
  }

  /** Appends the head of a table; columns that begin with {@code >} are right-aligned. */
  Html table(String kind, String... columns) {
    raw("<table class=\"" + kind + "\"><thead><tr>");
    for (String column : columns) {
      if (column.startsWith(">")) {
        element("th", "class=\"n\"", column.substring(1));
      } else {
        element("th", "", column);
      }
    }
    return raw("</tr></thead><tbody>\n");
  }

  /** Appends a bar of {@code part} / {@code whole} and the share in words. */
  Html share(double part, double whole, int width) {
    return bar(part, whole, width, "share").text(ReportText.share(part, whole));
  }

  /** Appends a bar of at most {@code width} pixels; nothing where there is no part. */
  Html bar(double part, double whole, int width, String kind) {
    if (part > 0 && whole > 0) {
      long pixels = Math.max(1, Math.round(width * Math.min(1, part / whole)));
      raw("<i class=\"" + kind + "\" style=\"width:" + pixels + "px\"></i>");
    }
    return this;
  }

  /** Appends counts by reason, in their order. */
  Html reasons(Map<String, @Nullable Object> counts) {
    if (!counts.isEmpty()) {
      raw("<ul class=\"reasons\">");
      counts.forEach(
          (reason, n) -> {
            raw("<li>").element("code", "", reason).raw(" ");
            text(n instanceof Number number ? ReportText.count(number.doubleValue()) : "–");
            raw("</li>");
          });
      raw("</ul>");
    }
    return this;
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
      if (isSteering(c)) {
        escaped.append('\uFFFD');
        continue;
      }
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Control characters, and those that turn the direction of what follows on the page. */
  private static boolean isSteering(char c) {
    return c < ' ' && c != '\n' && c != '\t'
        || c >= '\u007f' && c <= '\u009f'
        || c >= '\u202a' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
