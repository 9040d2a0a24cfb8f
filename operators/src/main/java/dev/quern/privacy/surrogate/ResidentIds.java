package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.checksum.CheckDigits;
import java.time.LocalDate;

/**
 * Resident identity numbers of China (GB 11643-1999): the province, the decade of birth and the
 * gender (odd or even order number) stay; place, day of birth, order and check character are new.
 */
final class ResidentIds {
  private static final int LENGTH = 18;
  private static final int DAYS_OF_DECADE = 3652;

  private ResidentIds() {}

  /** Returns whether {@code code}, see {@link #code}, is 17 digits and a check character. */
  static boolean fits(String code) {
    return code.length() == LENGTH
        && code.chars().limit(LENGTH - 1).allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns the letters and digits of {@code value}, as those of ASCII and without separators. */
  static String code(String value) {
    String normal = Letters.normal(value);
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < normal.length(); i++) {
      if (Character.isLetterOrDigit(normal.charAt(i))) {
        code.append(normal.charAt(i));
      }
    }
    return code.toString();
  }

  /**
   * Returns the surrogate of the number whose {@link #code} is {@code value}, without separators.
   *
   * @param last the day before which the person is born
   */
  static String of(String value, KeyedDraws draws, LocalDate last) {
    for (int attempt = 0; ; attempt++) {
      draws.of("CN_ID_CARD", value, attempt);
      int city = 1 + draws.below(20);
      int district = 1 + draws.below(20);
      LocalDate decade = LocalDate.of(Integer.parseInt(value.substring(6, 9)) * 10, 1, 1);
      LocalDate born = decade.plusDays(draws.below(DAYS_OF_DECADE));
      int order = 2 * draws.below(500) + (value.charAt(16) - '0') % 2;
      String code =
          value.substring(0, 2)
              + two(city)
              + two(district)
              + born.toString().replace("-", "")
              + (order < 100 ? "0" : "")
              + two(order);
      String made = code + check(code);
      if (!made.equalsIgnoreCase(value) && born.isBefore(last)) {
        return made;
      }
    }
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private static char check(String code) {
    String characters = "0123456789X";
    int at = 0;
    while (!CheckDigits.isMod11And2(code + characters.charAt(at))) {
      at++;
    }
    return characters.charAt(at);
  }
}
