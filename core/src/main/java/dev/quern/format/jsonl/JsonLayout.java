package dev.quern.format.jsonl;

import dev.quern.format.source.Head;

/** How a file holds its samples. */
enum JsonLayout {
  /** One object a line. */
  LINES,
  /** The elements of one array. */
  ARRAY;

  static JsonLayout of(Head head) {
    byte[] bytes = head.bytes();
    int at = 0;
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
    return at < bytes.length && bytes[at] == '[' ? ARRAY : LINES;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
