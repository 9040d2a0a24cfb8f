package dev.quern.privacy.recognise.checksum;

/** Schemes of check digits that no recogniser of the catalog needs, for those of users. */
final class MoreCheckDigits {
  /** The quasigroup of order 10 of Damm 2004, totally anti-symmetric. */
  private static final String[] DAMM = {
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"
  };

  private MoreCheckDigits() {}

  static boolean isDamm(String code) {
    int state = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = CheckDigits.digit(code, i);
      if (digit < 0) {
        return false;
      }
      state = DAMM[state].charAt(digit) - '0';
    }
    return state == 0;
  }

  static boolean isGs1(String code) {
    int sum = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = CheckDigits.digit(code, code.length() - 1 - i);
      if (digit < 0) {
        return false;
      }
      sum += i % 2 == 1 ? 3 * digit : digit;
    }
    return sum % 10 == 0;
  }

  static boolean isIsbn10(String code) {
    if (code.length() != 10) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      boolean ten = i == 9 && code.charAt(i) == 'X';
      int digit = ten ? 10 : CheckDigits.digit(code, i);
      if (digit < 0) {
        return false;
      }
      sum += (10 - i) * digit;
    }
    return sum % 11 == 0;
  }

  static boolean isMod37And36(String code) {
    int product = 36;
    for (int i = 0; i < code.length() - 1; i++) {
      int sum = (Character.digit(code.charAt(i), 36) + product) % 36;
      product = (sum == 0 ? 36 : sum) * 2 % 37;
    }
    return (product + Character.digit(code.charAt(code.length() - 1), 36)) % 36 == 1;
  }
}
