package dev.quern.privacy.surrogate;

import java.text.Normalizer;
import java.util.Locale;

/** Writing of names: what counts as the same, and in which case a new one is written. */
final class Letters {
  private Letters() {}

  /**
   * Returns {@code text} in NFKC and small letters, its digits of any script as those of ASCII, its
   * white space as single spaces.
   */
  static String normal(String text) {
    if (isPlain(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    // What is of ASCII is its own normal form.
    String form = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    String small = form.toLowerCase(Locale.ROOT);
    StringBuilder out = new StringBuilder(small.length());
    for (int i = 0; i < small.length(); i++) {
      char sign = small.charAt(i);
      boolean isSpace = Character.isWhitespace(sign);
      if (!isSpace) {
        out.append(sign >= 128 && Character.isDigit(sign) ? digit(sign) : sign);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    return out.toString().strip();
  }

  private static char digit(char sign) {
    return Character.forDigit(Character.digit(sign, 10), 10);
  }

  /** Letters, digits and signs of ASCII without spaces are as they should be but for their case. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the normal form of {@code name} is {@code normal}. */
  static boolean isNormal(String name, String normal) {
    if (!isPlain(name)) {
      return normal(name).equals(normal);
    }
    if (name.length() != normal.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != normal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether {@code text} is of ASCII alone: most names are. */
  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** Returns {@code name} in capitals or small letters where {@code like} is. */
  static String cased(String name, String like) {
    boolean ascii = true;
    boolean small = false;
    boolean capital = false;
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      ascii &= c < 128;
      small |= c >= 'a' && c <= 'z';
      capital |= c >= 'A' && c <= 'Z';
    }
    if (!ascii) {
      small |= !like.equals(like.toUpperCase(Locale.ROOT));
      capital |= !like.equals(like.toLowerCase(Locale.ROOT));
    }
    if (like.length() > 1 && !small) {
      return name.toUpperCase(Locale.ROOT);
    }
    return capital ? name : name.toLowerCase(Locale.ROOT);
  }

  /** Returns whether {@code text} holds a Han character. */
  static boolean hasHan(String text) {
    return !isAscii(text) && text.codePoints().anyMatch(Character::isIdeographic);
  }
}
