package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Identity cards of Taiwan: a letter of the place, sex, eight digits, weights modulo 10. */
final class TaiwaneseId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("tw_id", "TW_ID")
          .shape("[A-Za-z][1289]\\d{8}", 0.5)
          .near("身分證,身份證,身分证,统一证号,identity card,id number,national id,統一證號")
          .code(
              code -> {
                int place = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(code.charAt(0)) + 10;
                int sum =
                    place / 10
                        + 9 * (place % 10)
                        + CheckDigits.weighted(code.substring(1), 8, 7, 6, 5, 4, 3, 2, 1, 1);
                return Check.likely(sum % 10 == 0);
              });

  private TaiwaneseId() {}
}
