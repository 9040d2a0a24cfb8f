package dev.quern.privacy;

import dev.quern.key.Alphabet;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;

/** Alphabets of texts that keep their format, by name or letter by letter. */
final class FormatAlphabet {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  static final Param<String> ALPHABET =
      Param.text(
              "alphabet",
              new Localized(
                  "What the texts are made of: digits, lower, upper, alphanumeric, or all characters"
                      + " themselves.",
                  "文本由哪些字符组成：digits、lower、upper、alphanumeric，或逐一写出全部字符。"))
          .where(
              "digits, lower, upper, alphanumeric, or 2 to 65536 different characters",
              FormatAlphabet::isOne)
          .or("digits");

  private FormatAlphabet() {}

  private static boolean isOne(String written) {
    try {
      return of(written).radix() > 1;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Alphabet of(String written) {
    return switch (written) {
      case "digits" -> Alphabet.DIGITS;
      case "lower" -> Alphabet.of(LOWER);
      case "upper" -> Alphabet.of(UPPER);
      case "alphanumeric" -> Alphabet.of(DIGITS + UPPER + LOWER);
      default -> Alphabet.of(written);
    };
  }
}
