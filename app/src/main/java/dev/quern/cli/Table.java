package dev.quern.cli;

import dev.quern.text.OneLine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns of text, aligned by what a terminal shows: East Asian characters take two cells. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Align> aligns = new ArrayList<>();

  /** How a column stands. */
  private enum Align {
    LEFT,
    RIGHT
  }

  /** Makes a table with these headings; one that begins with {@code >} stands right. */
  Table(String... headings) {
    List<String> first = new ArrayList<>();
    for (String heading : headings) {
      boolean right = heading.startsWith(">");
      aligns.add(right ? Align.RIGHT : Align.LEFT);
      first.add(right ? heading.substring(1) : heading);
    }
    rows.add(first);
  }

  /** Adds a row. */
  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(OneLine.of(String.valueOf(cell)));
    }
    rows.add(row);
    return this;
  }

  /** Prints headings and rows. */
  void print(PrintStream out) {
    int[] widths = new int[aligns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String space = " ".repeat(widths[i] - width(row.get(i)));
        line.append(i == 0 ? "" : "  ");
        line.append(aligns.get(i) == Align.RIGHT ? space + row.get(i) : row.get(i) + space);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Returns the cells that {@code text} takes. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
        continue;
      }
      width += isWide(c) ? 2 : 1;
    }
    return width;
  }

  /** The wide blocks of Unicode (UAX 11, W and F), by their outer bounds. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6)
        || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
  }
}
