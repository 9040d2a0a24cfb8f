package dev.quern.privacy.transform;

import java.util.function.IntUnaryOperator;

/** Characters of the same kind: what a value looks like stays when each is drawn anew. */
public final class CharacterClasses {
  private static final int FIRST_HAN = 0x4e00;

  /** The block U+4E00–U+9FA5, of which every font for Chinese has all. */
  private static final int HAN = 0x9fa5 - FIRST_HAN + 1;

  private static final int FIRST_HANGUL = 0xac00;
  private static final int HANGUL = 0xd7a3 - FIRST_HANGUL + 1;

  private CharacterClasses() {}

  /**
   * Returns whether {@code point} tells something and is drawn anew: letters, digits, and both in
   * circles and the like; separators, signs and marks stay.
   */
  public static boolean isDrawn(int point) {
    if (point < 0x80) {
      return Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      case Character.OTHER_SYMBOL -> Character.isAlphabetic(point);
      default -> Character.isLetterOrDigit(point);
    };
  }

  /**
   * Returns a character of the kind of {@code point}: a digit of the same script, a capital or
   * small letter of Latin, Greek or Cyrillic, a Han character, a Hangul syllable, a kana; other
   * letters become small Latin ones, other numbers digits of ASCII. What tells nothing stays.
   *
   * @param draw gives a number in [0, n) for n
   */
  public static int like(int point, IntUnaryOperator draw) {
    if (!isDrawn(point)) {
      return point;
    }
    int digit = Character.digit(point, 10);
    if (Character.isDigit(point) && digit >= 0) {
      return point - digit + draw.applyAsInt(10);
    }
    if (Character.getType(point) == Character.OTHER_NUMBER) {
      return '0' + draw.applyAsInt(10);
    }
    return switch (Character.UnicodeScript.of(point)) {
      case HAN -> FIRST_HAN + draw.applyAsInt(HAN);
      case HANGUL -> FIRST_HANGUL + draw.applyAsInt(HANGUL);
      case HIRAGANA -> 0x3042 + draw.applyAsInt(0x3093 - 0x3042 + 1);
      case KATAKANA -> 0x30a2 + draw.applyAsInt(0x30f3 - 0x30a2 + 1);
      case CYRILLIC -> cased(point, 0x430, 0x410, 32, draw);
      case GREEK -> cased(point, 0x3b1, 0x391, 17, draw);
      default -> latin(point, draw);
    };
  }

  private static int latin(int point, IntUnaryOperator draw) {
    if (point >= 0xff21 && point <= 0xff3a) {
      return 0xff21 + draw.applyAsInt(26);
    }
    if (point >= 0xff41 && point <= 0xff5a) {
      return 0xff41 + draw.applyAsInt(26);
    }
    return cased(point, 'a', 'A', 26, draw);
  }

  private static int cased(int point, int small, int capital, int letters, IntUnaryOperator draw) {
    return (Character.isUpperCase(point) ? capital : small) + draw.applyAsInt(letters);
  }
}
