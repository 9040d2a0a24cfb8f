package dev.quern.privacy.surrogate;

/** Check digits of account numbers, ISO 13616 by ISO/IEC 7064 MOD 97-10. */
final class Iban {
  private Iban() {}

  /**
   * Puts the right check digits into {@code code}: its third and fourth character, behind those of
   * the country. What is too short or no ASCII code stays as it is.
   *
   * @param code letters and digits without spaces, as code points
   */
  static void check(int[] code) {
    if (code.length < 5) {
      return;
    }
    int rest = 0;
    for (int i = 0; i < code.length; i++) {
      // The first four come last, with 00 for the check digits.
      int at = (i + 4) % code.length;
      int value = at == 2 || at == 3 ? 0 : Character.digit(code[at], 36);
      if (value < 0 || code[at] >= 128) {
        return;
      }
      rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    int check = 98 - rest;
    code[2] = '0' + check / 10;
    code[3] = '0' + check % 10;
  }
}
