package dev.quern.privacy;

import dev.quern.text.Utf8;

/** Finds e-mail addresses. */
final class EmailMatch {
  private static final boolean[] LOCAL = local();

  private EmailMatch() {}

  /** Returns where the first run of local characters before an @ begins, or {@code end}. */
  static int candidate(byte[] text, int start, int from, int end) {
    int sign = from;
    while ((sign = Utf8.indexOf((byte) '@', text, sign, end)) < end) {
      int at = sign;
      while (at > start && isLocal(text[at - 1])) {
        at--;
      }
      if (at < sign && at >= from) {
        return at;
      }
      sign++;
    }
    return end;
  }

  static int end(byte[] text, int start, int at, int end) {
    if (!isLocal(text[at]) || text[at] == '.' || at > start && isLocal(text[at - 1])) {
      return -1;
    }
    int sign = at;
    while (sign < end && isLocal(text[sign])) {
      sign++;
    }
    if (sign == end || text[sign] != '@' || text[sign - 1] == '.') {
      return -1;
    }
    return domainEnd(text, sign + 1, end);
  }

  /** Returns where the longest dotted name with an alphabetic last label of 2 or more ends. */
  private static int domainEnd(byte[] text, int from, int end) {
    int found = -1;
    int label = from;
    int labels = 0;
    while (label < end) {
      int to = label;
      boolean letters = true;
      while (to < end && (Ascii.isAlphanumeric(text[to]) || text[to] == '-')) {
        letters &= Ascii.isLetter(text[to]);
        to++;
      }
      if (to == label || text[label] == '-' || text[to - 1] == '-') {
        return found;
      }
      labels++;
      if (labels > 1 && letters && to - label >= 2) {
        found = to;
      }
      if (to == end || text[to] != '.') {
        return found;
      }
      label = to + 1;
    }
    return found;
  }

  /** Looked up, because it is asked of every byte of every text. */
  private static boolean isLocal(byte b) {
    return b >= 0 && LOCAL[b];
  }

  private static boolean[] local() {
    boolean[] local = new boolean[128];
    for (byte b = 0; b >= 0; b++) {
      local[b] = Ascii.isAlphanumeric(b) || ".%_+-".indexOf(b) >= 0;
    }
    return local;
  }
}
