package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Resident identity numbers of 15 digits, issued until 1999: no check digit, so only beside words
 * that speak for them.
 */
final class OldResidentId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_id_card_15", "CN_ID_CARD")
          .shape("[1-9]\\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}", 0.2)
          .near("身份证,证件,身份号码,公民身份,居民身份,id card,identity card,resident id")
          .code(
              code ->
                  Check.possible(
                      Provinces.isProvince(code)
                          && Dates.isBirth(
                              1900 + CheckDigits.number(code, 6, 8),
                              CheckDigits.number(code, 8, 10),
                              CheckDigits.number(code, 10, 12))));

  private OldResidentId() {}
}
