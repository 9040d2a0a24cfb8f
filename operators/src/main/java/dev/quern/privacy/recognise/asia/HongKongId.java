package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;

/**
 * Identity cards of Hong Kong: one or two letters, six digits, a check character modulo 11 in
 * brackets.
 */
final class HongKongId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("hk_id", "HK_ID")
          .shape("[A-Za-z]{1,2}\\d{6} ?\\([0-9Aa]\\)", 0.6)
          .shape("[A-Za-z]{1,2}\\d{6}[0-9Aa]", 0.3)
          .near("hkid,身份證,身份证,identity card,id number")
          .check(
              (passage, start, end) -> {
                String code = passage.code(start, end);
                String nine = code.length() == 8 ? " " + code : code;
                int sum = 0;
                for (int i = 0; i < 9; i++) {
                  char c = nine.charAt(i);
                  sum += (9 - i) * (c == ' ' ? 36 : Character.digit(c, 36));
                }
                return sum % 11 != 0
                    ? Check.WRONG
                    : passage.at(end - 1) == ')' ? Check.LIKELY : Check.PASSED;
              });

  private HongKongId() {}
}
