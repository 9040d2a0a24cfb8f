package dev.quern.privacy;

/** Classes of ASCII bytes. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isLetter(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
  }

  static boolean isAlphanumeric(byte b) {
    return isDigit(b) || isLetter(b);
  }

  /** Returns whether a number or word may begin at {@code at}: no letter or digit stands before. */
  static boolean beginsWord(byte[] text, int start, int at) {
    return at == start || !isAlphanumeric(text[at - 1]);
  }

  /** Returns whether a number may end before {@code at}: no letter or digit follows. */
  static boolean endsWord(byte[] text, int at, int end) {
    return at == end || !isAlphanumeric(text[at]);
  }
}
