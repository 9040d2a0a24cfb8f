package dev.quern.format.jsonl;

/**
 * Finds the commas between the elements of an array by counting brackets outside strings. Not safe
 * for several threads.
 */
final class ArrayScanner {
  private int at;
  private boolean closed;

  /**
   * Returns the end of the element that begins at or behind {@code start}: the comma behind it, the
   * bracket that closes the array, or {@code end}.
   */
  int elementEnd(byte[] bytes, int start, int end) {
    int depth = 0;
    closed = false;
    for (at = start; at < end; at++) {
      switch (bytes[at]) {
        case '"' -> at = stringEnd(bytes, at + 1, end);
        case '{', '[' -> depth++;
        case '}' -> depth -= depth > 0 ? 1 : 0;
        case ']' -> {
          if (depth == 0) {
            closed = true;
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {
          // Part of a number, a word or white space.
        }
      }
    }
    at = end;
    return end;
  }

  /** Returns whether the element found last was ended by the array's bracket. */
  boolean closed() {
    return closed;
  }

  private static int stringEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  /** Returns where the first element begins: behind the array's opening bracket. */
  static int firstElement(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && JsonLayout.isSpace(bytes[at])) {
      at++;
    }
    return at < end && bytes[at] == '[' ? at + 1 : at;
  }
}
