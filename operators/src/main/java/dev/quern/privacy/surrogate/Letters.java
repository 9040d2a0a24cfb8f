package dev.quern.privacy.surrogate;

import java.text.Normalizer;
import java.util.Locale;

/** Writing of names: what counts as the same, and in which case a new one is written. */
final class Letters {
  private Letters() {}

  /** Returns {@code text} in NFKC and small letters, its white space as single spaces. */
  static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Returns {@code name} in capitals or small letters where {@code like} is. */
  static String cased(String name, String like) {
    if (like.length() > 1 && like.equals(like.toUpperCase(Locale.ROOT))) {
      return name.toUpperCase(Locale.ROOT);
    }
    return like.equals(like.toLowerCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** Returns whether {@code text} holds a Han character. */
  static boolean hasHan(String text) {
    return text.codePoints().anyMatch(Character::isIdeographic);
  }
}
