package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Check characters of unified social credit codes of China, GB 32100-2015. */
final class CreditCodes {
  private static final int LENGTH = 18;

  private CreditCodes() {}

  /**
   * Puts the right check character into {@code code} where it is of the kind, digit or letter, that
   * stands there; one of 31 characters is right, so else another code must be drawn.
   *
   * @param code digits and letters of the standard, as code points
   */
  static void check(int[] code) {
    if (code.length != LENGTH) {
      return;
    }
    char check = CheckDigits.mod31(new String(code, 0, code.length));
    if (Character.isDigit(check) == Character.isDigit(code[LENGTH - 1])) {
      code[LENGTH - 1] = check;
    }
  }
}
