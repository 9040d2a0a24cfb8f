package dev.quern.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes of characters a text is made of, as a pattern that tells no letter or digit of it.
 */
final class Shape {
  /** Characters looked at; longer texts have no shape. */
  private static final int LONGEST = 40;

  /** Runs of one class at most; texts with more have no shape. */
  private static final int MOST_RUNS = 12;

  private Shape() {}

  /**
   * Returns the runs of {@code text}: class and length each ({@code 9:3|-:1|A:2}), or empty where
   * the text is long or has many.
   */
  static String of(String text) {
    if (text.length() > LONGEST) {
      return "";
    }
    StringBuilder shape = new StringBuilder();
    int runs = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      char kind = kind(c);
      int length = 0;
      while (i < text.length() && same(kind, c, text.codePointAt(i))) {
        i += Character.charCount(text.codePointAt(i));
        length++;
      }
      if (++runs > MOST_RUNS) {
        return "";
      }
      shape.append(runs == 1 ? "" : "|").append(kind == '*' ? "u" + c : String.valueOf(kind));
      shape.append(':').append(length);
    }
    return shape.toString();
  }

  private static boolean same(char kind, int first, int c) {
    return kind(c) == kind && (kind != '*' || c == first);
  }

  private static char kind(int c) {
    if (c >= '0' && c <= '9') {
      return '9';
    }
    if (Character.isUpperCase(c)) {
      return 'A';
    }
    if (Character.isLowerCase(c)) {
      return 'a';
    }
    if (Character.isLetter(c)) {
      return 'L';
    }
    return c == ' ' ? '_' : '*';
  }

  /** Returns {@code shape} without the lengths of its runs. */
  static String loose(String shape) {
    return shape.replaceAll(":\\d+", ":+");
  }

  /** Returns the regular expression of {@code shapes}, whole texts. */
  static String pattern(List<String> shapes) {
    List<String> all = new ArrayList<>();
    for (String shape : shapes) {
      StringBuilder pattern = new StringBuilder();
      for (String run : shape.split("\\|")) {
        int colon = run.lastIndexOf(':');
        String length = run.substring(colon + 1);
        pattern.append(letters(run.substring(0, colon)));
        pattern.append(length.equals("+") ? "+" : length.equals("1") ? "" : "{" + length + "}");
      }
      all.add(pattern.toString());
    }
    return all.size() == 1 ? "^" + all.get(0) + "$" : "^(" + String.join("|", all) + ")$";
  }

  private static String letters(String kind) {
    return switch (kind) {
      case "9" -> "[0-9]";
      case "A" -> "\\p{Lu}";
      case "a" -> "\\p{Ll}";
      case "L" -> "\\p{L}";
      case "_" -> " ";
      default -> {
        String sign = Character.toString(Integer.parseInt(kind.substring(1)));
        yield "\\.[]{}()*+?^$|/".contains(sign) ? "\\" + sign : sign;
      }
    };
  }

  /** Returns whether a pattern of {@code shape} says more than that there are letters. */
  static boolean isTelling(String shape) {
    return !shape.isEmpty() && !shape.matches("[AaL]:[+\\d]+(\\|[AaL]:[+\\d]+)?");
  }
}
