package dev.quern.privacy.recognise.checksum;

/**
 * Schemes of check digits. Codes hold digits and capital letters of ASCII only; where a scheme
 * wants digits, a letter makes the answer false.
 */
public final class CheckDigits {
  private static final int[][] VERHOEFF_PRODUCT = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
  };
  private static final int[][] VERHOEFF_PLACE = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
    {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
  };

  private static final String MOD31 = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private CheckDigits() {}

  /** Returns the value of the digit at {@code at}, or a number far below 0 for a letter. */
  public static int digit(String code, int at) {
    char c = code.charAt(at);
    return c >= '0' && c <= '9' ? c - '0' : -1_000_000;
  }

  /** Returns whether all characters are digits. */
  public static boolean isDigits(String code) {
    for (int i = 0; i < code.length(); i++) {
      if (code.charAt(i) < '0' || code.charAt(i) > '9') {
        return false;
      }
    }
    return !code.isEmpty();
  }

  /** Returns the number that the digits in [start, end) write. */
  public static int number(String code, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = 10 * value + digit(code, i);
    }
    return value;
  }

  /** Returns whether all characters are the same. */
  public static boolean isRepeated(String code) {
    return code.chars().allMatch(c -> c == code.charAt(0));
  }

  /** Returns Σ weight × digit over the first digits, negative if one is a letter. */
  public static int weighted(String code, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * digit(code, i);
    }
    return sum;
  }

  /** Luhn 1954 (ISO/IEC 7812-1): every second digit from the right is doubled. */
  public static boolean isLuhn(String code) {
    int sum = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = digit(code, code.length() - 1 - i);
      int value = i % 2 == 1 ? 2 * digit : digit;
      sum += value > 9 ? value - 9 : value;
    }
    return sum >= 0 && sum % 10 == 0 && isDigits(code);
  }

  /** Verhoeff 1969, the last digit being the check digit. */
  public static boolean isVerhoeff(String code) {
    if (!isDigits(code)) {
      return false;
    }
    int state = 0;
    for (int i = 0; i < code.length(); i++) {
      int digit = digit(code, code.length() - 1 - i);
      state = VERHOEFF_PRODUCT[state][VERHOEFF_PLACE[i % 8][digit]];
    }
    return state == 0;
  }

  /** ISO 7064 MOD 97-10 over digits and letters (A = 10), the remainder being 1. */
  public static boolean isMod97(String code) {
    int rest = 0;
    for (int i = 0; i < code.length(); i++) {
      int value = Character.digit(code.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  /** ISO 7064 MOD 11,10: the last digit checks the others. */
  public static boolean isMod11And10(String code) {
    if (!isDigits(code)) {
      return false;
    }
    int product = 10;
    for (int i = 0; i < code.length() - 1; i++) {
      int sum = (digit(code, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(code, code.length() - 1);
  }

  /** ISO 7064 MOD 11-2: the last character, a digit or X, checks the digits before. */
  public static boolean isMod11And2(String code) {
    int sum = 0;
    for (int i = 0; i < code.length() - 1; i++) {
      sum = (sum + digit(code, i)) * 2;
      if (sum < 0) {
        return false;
      }
      sum %= 11;
    }
    int check = (12 - sum) % 11;
    char last = code.charAt(code.length() - 1);
    return check == 10 ? last == 'X' : last == '0' + check;
  }

  /**
   * Returns the check character of the first 17 characters, GB 32100-2015: weights 3^i modulo 31
   * over digits and letters without I, O, S, V and Z.
   */
  public static char mod31(String code) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < 17; i++) {
      sum += weight * MOD31.indexOf(code.charAt(i));
      weight = weight * 3 % 31;
    }
    return MOD31.charAt((31 - sum % 31) % 31);
  }
}
