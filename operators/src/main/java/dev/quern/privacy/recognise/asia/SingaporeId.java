package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Identity cards of Singapore (NRIC and FIN): S, T, F, G or M, seven digits, a letter modulo 11.
 */
final class SingaporeId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("sg_nric", "SG_NRIC")
          .shape("[STFGMstfgm]\\d{7}[A-Za-z]", 0.5)
          .near("nric,fin,identity card,身份证")
          .code(SingaporeId::check);

  private SingaporeId() {}

  static Check check(String code) {
    char first = code.charAt(0);
    int sum = CheckDigits.weighted(code.substring(1), 2, 7, 6, 5, 4, 3, 2);
    sum += first == 'T' || first == 'G' ? 4 : first == 'M' ? 3 : 0;
    String letters =
        switch (first) {
          case 'S', 'T' -> "JZIHGFEDCBA";
          case 'M' -> "XWUTRQPNJLK";
          default -> "XWUTRQPNMLK";
        };
    int place = sum % 11;
    return Check.likely(letters.charAt(place) == code.charAt(8));
  }
}
