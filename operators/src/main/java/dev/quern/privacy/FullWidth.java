package dev.quern.privacy;

import dev.quern.text.Utf8;

/**
 * A text as its patterns are looked for: letters, digits and the signs of addresses and numbers
 * that East Asian keyboards write in full width (U+FF01 to U+FF5E) become those of ASCII, all else
 * stays. Places in it lead back to the text itself.
 */
final class FullWidth {
  /** What may stand within an address or a number; other punctuation ends one and stays. */
  private static final String SIGNS = "@.-+_";

  private byte[] folded = new byte[256];
  private int[] places = new int[257];
  private int length;

  /** Whether {@code text} may hold characters in full width: their first byte is 0xEF. */
  static boolean isIn(byte[] text, int start, int end) {
    return Utf8.indexOf((byte) 0xEF, text, start, end) < end;
  }

  /** Takes the UTF-8 text between {@code start} and {@code end}. */
  void fold(byte[] text, int start, int end) {
    if (folded.length < end - start) {
      folded = new byte[2 * (end - start)];
      places = new int[folded.length + 1];
    }
    length = 0;
    int at = start;
    while (at < end) {
      int ascii = at + 2 < end && text[at] == (byte) 0xEF ? ascii(text[at + 1], text[at + 2]) : -1;
      places[length] = at;
      folded[length++] = ascii < 0 ? text[at] : (byte) ascii;
      at += ascii < 0 ? 1 : 3;
    }
    places[length] = end;
  }

  /** Returns what EF {@code second} {@code third} folds to, -1 if it stays. */
  private static int ascii(byte second, byte third) {
    int code = ((second & 0x3F) << 6 | third & 0x3F) - 0xF00 + 0x20;
    boolean wide = second == (byte) 0xBC || second == (byte) 0xBD;
    if (!wide || code <= 0x20 || code >= 0x7F) {
      return -1;
    }
    return Ascii.isAlphanumeric((byte) code) || SIGNS.indexOf(code) >= 0 ? code : -1;
  }

  /** Returns the folded text; its first {@link #length} bytes count. */
  byte[] bytes() {
    return folded;
  }

  int length() {
    return length;
  }

  /** Returns the place in the text itself of {@code place} in the folded one. */
  int place(int place) {
    return places[place];
  }
}
