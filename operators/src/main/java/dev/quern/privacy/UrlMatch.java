package dev.quern.privacy;

import dev.quern.text.Utf8;

/** Finds http and https addresses. */
final class UrlMatch {
  private UrlMatch() {}

  /** Returns where the first scheme stands, or {@code end}. */
  static int candidate(byte[] text, int from, int end) {
    int colon = from;
    while ((colon = Utf8.indexOf((byte) ':', text, colon, end)) < end) {
      for (int at = Math.max(from, colon - 5); at <= colon - 4; at++) {
        if (afterScheme(text, at, end) == colon + 3) {
          return at;
        }
      }
      colon++;
    }
    return end;
  }

  static int end(byte[] text, int start, int at, int end) {
    int from = afterScheme(text, at, end);
    if (from < 0 || !Ascii.beginsWord(text, start, at)) {
      return -1;
    }
    int to = from;
    while (to < end && isPart(text[to])) {
      to++;
    }
    // Punctuation of the sentence around it is not part of an address.
    while (to > from && ".,;:!?)]}'".indexOf(text[to - 1]) >= 0) {
      to--;
    }
    return to > from ? to : -1;
  }

  private static int afterScheme(byte[] text, int at, int end) {
    String http = "http";
    for (int i = 0; i < http.length(); i++) {
      if (at + i >= end || (text[at + i] | 0x20) != http.charAt(i)) {
        return -1;
      }
    }
    int next = at + 4;
    if (next < end && (text[next] | 0x20) == 's') {
      next++;
    }
    return next + 3 <= end && text[next] == ':' && text[next + 1] == '/' && text[next + 2] == '/'
        ? next + 3
        : -1;
  }

  private static boolean isPart(byte b) {
    return b > ' ' && b < 0x7f && b != '<' && b != '>' && b != '"' && b != '`';
  }
}
