package dev.quern.privacy.transform;

import dev.quern.privacy.recognise.WrittenDigits;
import dev.quern.privacy.recognise.checksum.DateTexts;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * One form for the ways in which one value is written, by its type: numbers and codes without
 * separators and in capitals, telephone numbers as they are dialled, days as yyyy-MM-dd, addresses
 * of mail in small letters, anything else with single spaces. Full width, digits of other scripts
 * and characters without width make no difference. A value in that form is its own.
 */
public final class PlainForm {
  /** Types that are words, in which separators and capitals matter. */
  private static final Set<String> WORDS =
      Set.of(
          "PERSON",
          "ORGANIZATION",
          "GPE",
          "NRP",
          "TITLE",
          "CN_ADDRESS",
          "STREET_ADDRESS",
          "URL",
          "CRYPTO_WALLET",
          "DENIED");

  private static final int MOBILE = 11;
  private static final int AMERICAN = 12;

  private PlainForm() {}

  /** Returns the form of {@code value}, which is of {@code type}. */
  public static String of(String type, String value) {
    String text = spaced(WrittenDigits.folded(value));
    if (WORDS.contains(type)) {
      return text;
    }
    return switch (type) {
      case "EMAIL", "IP_ADDRESS" -> text.toLowerCase(Locale.ROOT);
      case "DATE_OF_BIRTH", "DATE_TIME" ->
          DateTexts.read(text).map(dated -> dated.date().toString()).orElse(text);
      case "CN_MOBILE" -> mobile(code(text));
      case "PHONE" -> phone(text);
      default -> code(text);
    };
  }

  private static String mobile(String code) {
    return code.length() > MOBILE && (code.startsWith("86") || code.startsWith("0086"))
        ? code.substring(code.length() - MOBILE)
        : code;
  }

  private static String phone(String text) {
    String code = code(text);
    boolean isAbroad = text.startsWith("+") || code.startsWith("00");
    String dialled = isAbroad ? "+" + (code.startsWith("00") ? code.substring(2) : code) : code;
    return dialled.length() == AMERICAN && dialled.startsWith("+1")
        ? dialled.substring(2)
        : dialled;
  }

  private static String code(String text) {
    StringBuilder code = new StringBuilder(text.length());
    text.codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(point -> code.appendCodePoint(Character.toUpperCase(point)));
    return code.isEmpty() ? text : code.toString();
  }

  private static String spaced(String value) {
    StringBuilder out = new StringBuilder(value.length());
    Normalizer.normalize(value, Normalizer.Form.NFKC)
        .codePoints()
        .filter(point -> Character.getType(point) != Character.FORMAT)
        .forEach(
            point -> {
              if (Character.isDigit(point)) {
                out.append((char) ('0' + Character.digit(point, 10)));
              } else if (!Character.isWhitespace(point)) {
                out.appendCodePoint(point);
              } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
              }
            });
    return out.toString().strip();
  }
}
