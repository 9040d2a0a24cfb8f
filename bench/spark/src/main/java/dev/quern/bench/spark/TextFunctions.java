package dev.quern.bench.spark;

/** What J1 does to a text, as loops over its characters. */
final class TextFunctions {
  private static final String MARK = "[EMAIL]";
  private static final boolean[] LOCAL = local();

  private TextFunctions() {}

  /** Trims white space and makes each inner run of it one space. */
  static String squeeze(String text) {
    StringBuilder out = null;
    int copied = 0;
    int at = 0;
    int end = text.length();
    while (end > 0 && isWhite(text.charAt(end - 1))) {
      end--;
    }
    while (at < end && isWhite(text.charAt(at))) {
      at++;
    }
    copied = at;
    while (at < end) {
      if (!isWhite(text.charAt(at))) {
        at++;
        continue;
      }
      int run = at;
      do {
        at++;
      } while (isWhite(text.charAt(at)));
      if (at - run > 1 || text.charAt(run) != ' ') {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, run).append(' ');
        copied = at;
      }
    }
    return out == null ? text.substring(copied, end) : out.append(text, copied, end).toString();
  }

  /** Replaces e-mail addresses by their mark. */
  static String mask(String text) {
    StringBuilder out = null;
    int copied = 0;
    int sign = text.indexOf('@');
    while (sign >= 0) {
      int from = sign;
      while (from > copied && isLocal(text.charAt(from - 1))) {
        from--;
      }
      int to = domainEnd(text, sign + 1);
      boolean starts = from < sign && text.charAt(from) != '.' && text.charAt(sign - 1) != '.';
      if (starts && to > 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, from).append(MARK);
        copied = to;
      }
      sign = text.indexOf('@', Math.max(sign + 1, copied));
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /** Returns the number of words of a squeezed text. */
  static long words(String text) {
    long words = 1;
    for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
      words++;
    }
    return words;
  }

  private static int domainEnd(String text, int from) {
    int found = -1;
    int labels = 0;
    int label = from;
    while (label < text.length()) {
      int to = label;
      boolean letters = true;
      while (to < text.length() && (isAlphanumeric(text.charAt(to)) || text.charAt(to) == '-')) {
        letters &= text.charAt(to) > '9';
        to++;
      }
      if (to == label || text.charAt(label) == '-' || text.charAt(to - 1) == '-') {
        return found;
      }
      labels++;
      if (labels > 1 && letters && to - label >= 2) {
        found = to;
      }
      if (to == text.length() || text.charAt(to) != '.') {
        return found;
      }
      label = to + 1;
    }
    return found;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isLocal(char c) {
    return c < 128 && LOCAL[c];
  }

  /** White_Space of Unicode. */
  private static boolean isWhite(char c) {
    if (c < 0x80) {
      return c == ' ' || c >= 9 && c <= 13;
    }
    return c == 0x85
        || c == 0xA0
        || c == 0x1680
        || c >= 0x2000 && c <= 0x200A
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  private static boolean[] local() {
    boolean[] local = new boolean[128];
    for (char c = 0; c < 128; c++) {
      local[c] = isAlphanumeric(c) || "._%+-".indexOf(c) >= 0;
    }
    return local;
  }
}
