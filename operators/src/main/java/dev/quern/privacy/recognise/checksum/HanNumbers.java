package dev.quern.privacy.recognise.checksum;

/**
 * Numbers of dates in Chinese characters: years digit by digit (一九八四, 二〇〇五), months and days below
 * one hundred in tens (五, 十七, 二十, 廿三).
 */
final class HanNumbers {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final String ZEROS = "零○";
  private static final String TENS = "十廿卅";

  private HanNumbers() {}

  /** Returns whether {@code sign} may stand in one. */
  static boolean isOf(char sign) {
    return digit(sign) >= 0 || TENS.indexOf(sign) >= 0;
  }

  /** Returns the value of {@code text}, in characters that {@link #isOf} knows; -1 if none. */
  static int value(String text) {
    int value = 0;
    boolean isTens = text.chars().anyMatch(sign -> TENS.indexOf(sign) >= 0);
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      int ten = TENS.indexOf(sign);
      if (ten < 0) {
        value = isTens ? value + digit(sign) : 10 * value + digit(sign);
      } else if (value > 9 || ten > 0 && value > 0) {
        return -1;
      } else {
        value = ten > 0 ? 10 * (ten + 1) : 10 * Math.max(1, value);
      }
    }
    return value;
  }

  /** Returns {@code year} digit by digit, its zeros as in {@code like}. */
  static String year(String like, int year) {
    char zero = like.indexOf('零') >= 0 ? '零' : like.indexOf('○') >= 0 ? '○' : DIGITS.charAt(0);
    StringBuilder out = new StringBuilder();
    for (char digit : Integer.toString(year).toCharArray()) {
      out.append(digit == '0' ? zero : DIGITS.charAt(digit - '0'));
    }
    return out.toString();
  }

  /** Returns {@code number}, in [1, 99], in tens. */
  static String tens(int number) {
    int tens = number / 10;
    String before = tens == 0 ? "" : (tens == 1 ? "" : DIGITS.charAt(tens)) + "十";
    return before + (number % 10 == 0 ? "" : DIGITS.charAt(number % 10));
  }

  private static int digit(char sign) {
    return ZEROS.indexOf(sign) >= 0 ? 0 : DIGITS.indexOf(sign);
  }
}
