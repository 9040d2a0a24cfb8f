package dev.quern.drift;

import dev.quern.data.Slice;
import java.nio.charset.StandardCharsets;

/** What a text looks like without telling what it says. Not safe for several threads. */
public final class Shape {
  private static final int SEEN = 256;
  private static final int RUNS = 12;
  private static final int LATIN = Character.UnicodeScript.LATIN.ordinal();
  private static final Character.UnicodeScript[] SCRIPTS = Character.UnicodeScript.values();

  private static final char[] ASCII = new char[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = other(c);
    }
  }

  private final int[] letters = new int[SCRIPTS.length];
  private final StringBuilder mask = new StringBuilder();
  private int length;

  /** Looks at a text; of a long one at its first {@value #SEEN} characters, save for the length. */
  public Shape of(Slice text) {
    String decoded = new String(text.bytes, text.start, text.length(), StandardCharsets.UTF_8);
    java.util.Arrays.fill(letters, 0);
    mask.setLength(0);
    length = decoded.codePointCount(0, decoded.length());
    char last = 0;
    int seen = 0;
    for (int i = 0; i < decoded.length() && seen < SEEN; seen++) {
      int c = decoded.codePointAt(i);
      i += Character.charCount(c);
      char kind = kind(c);
      if (kind == 'A' || kind == 'a' || kind == 'x') {
        letters[c < 128 ? LATIN : Character.UnicodeScript.of(c).ordinal()]++;
      }
      if (kind != last && mask.length() < RUNS) {
        mask.append(kind);
        last = kind;
      }
    }
    return this;
  }

  private static char kind(int c) {
    if (c < 128) {
      return ASCII[c];
    }
    return other(c);
  }

  private static char other(int c) {
    if (Character.isDigit(c)) {
      return '9';
    }
    if (Character.isLetter(c)) {
      return Character.isUpperCase(c) ? 'A' : Character.isLowerCase(c) ? 'a' : 'x';
    }
    return Character.isWhitespace(c) ? '_' : c < 128 ? (char) c : '.';
  }

  /** Returns the number of code points. */
  public int length() {
    return length;
  }

  /** Returns runs of {@code A}, {@code a}, {@code x}, {@code 9}, {@code _} and other characters. */
  public String mask() {
    return mask.toString();
  }

  /** Returns the script of most letters, the first in Unicode's order on a tie; none without. */
  public String script() {
    int most = -1;
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] > 0 && (most < 0 || letters[i] > letters[most])) {
        most = i;
      }
    }
    return most < 0 ? "none" : SCRIPTS[most].name();
  }
}
