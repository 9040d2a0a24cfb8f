package dev.quern.quality.repair;

import java.util.Locale;
import java.util.Set;

/** Texts that stand for a missing value. */
final class MissingTokens {
  /** These mean nothing else in any field. */
  private static final Set<String> ALWAYS =
      Set.of("n/a", "#n/a", "nan", "null", "(null)", "<null>", "<na>", "n.a.", "?", "??", "???");

  /** These may be values of a field of texts, where they are frequent. */
  private static final Set<String> OFTEN =
      Set.of(
          "na",
          "none",
          "nil",
          "-",
          "--",
          "---",
          ".",
          "..",
          "unknown",
          "missing",
          "undefined",
          "not available",
          "not applicable",
          "tbd",
          "void",
          "blank");

  private MissingTokens() {}

  static boolean always(String text) {
    return ALWAYS.contains(text.toLowerCase(Locale.ROOT));
  }

  static boolean often(String text) {
    return OFTEN.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Returns whether {@code text} is a number that is written for a missing one: 999, -9999, -1. */
  static boolean number(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    if (digits.endsWith(".0")) {
      digits = digits.substring(0, digits.length() - 2);
    }
    if (text.startsWith("-") && digits.equals("1")) {
      return true;
    }
    int least = text.startsWith("-") ? 2 : 3;
    if (digits.length() < least || digits.length() > 7) {
      return false;
    }
    char first = digits.charAt(0);
    return (first == '9' || first == '8' && digits.length() > 3)
        && digits.chars().allMatch(c -> c == first);
  }
}
