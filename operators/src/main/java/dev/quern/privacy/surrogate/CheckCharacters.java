package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.checksum.CheckDigits;
import java.util.Arrays;

/** Check characters that are computed, so that codes need not be drawn until one is right. */
final class CheckCharacters {
  private static final int CREDIT_CODE = 18;

  private CheckCharacters() {}

  /** Returns whether the check characters of {@code type} are computed. */
  static boolean areComputed(String type) {
    return switch (type) {
      case "IBAN", "CN_USCC", "CREDIT_CARD", "CN_BANK_CARD" -> true;
      default -> false;
    };
  }

  /**
   * Puts the right check characters into {@code code}; what is no code of ASCII stays as it is.
   *
   * @param code letters and digits without separators, as code points
   */
  static void put(String type, int[] code) {
    switch (type) {
      case "IBAN" -> Iban.check(code);
      case "CN_USCC" -> creditCode(code);
      case "CREDIT_CARD", "CN_BANK_CARD" -> luhn(code);
      default -> {}
    }
  }

  /**
   * Unified social credit codes, GB 32100-2015: one of 31 characters is right; where it is not of
   * the kind, digit or letter, that stands there, another code must be drawn.
   */
  private static void creditCode(int[] code) {
    if (code.length != CREDIT_CODE || code[CREDIT_CODE - 1] >= 128) {
      return;
    }
    char check = CheckDigits.mod31(new String(code, 0, code.length));
    boolean isDigit = check <= '9';
    boolean wasDigit = code[CREDIT_CODE - 1] <= '9';
    if (isDigit == wasDigit) {
      code[CREDIT_CODE - 1] = check;
    }
  }

  /** Luhn 1954 (ISO/IEC 7812-1): the last digit makes the sum a multiple of ten. */
  private static void luhn(int[] code) {
    int sum = 0;
    for (int i = code.length - 2; i >= 0; i--) {
      int digit = code[i] - '0';
      int value = (code.length - 1 - i) % 2 == 1 ? 2 * digit : digit;
      sum += value > 9 ? value - 9 : value;
    }
    if (code.length > 0 && Arrays.stream(code).allMatch(point -> point >= '0' && point <= '9')) {
      code[code.length - 1] = '0' + (10 - sum % 10) % 10;
    }
  }
}
