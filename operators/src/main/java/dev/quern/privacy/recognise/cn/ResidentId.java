package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Resident identity numbers of 18 characters: GB 11643-1999, check character by ISO 7064 MOD 11-2,
 * province and a real day of birth; those of foreigners with permanent residence begin with 9
 * before the province.
 */
final class ResidentId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_id_card", "CN_ID_CARD")
          .shape(
              "[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]",
              0.8)
          .shape(
              "[1-9]\\d{5} (?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]) \\d{3}[\\dXx]",
              0.8)
          .shape(
              "[1-9]\\d{5}-(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-\\d{3}[\\dXx]",
              0.8)
          .shape("[1-9]\\d{5}[ -]\\d{4}[ -]\\d{4}[ -]\\d{3}[\\dXx]", 0.8)
          .shape("[1-9]\\d{3}[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d[\\dXx]", 0.8)
          .shape("[1-9]\\d{2}[ -]\\d{3}[ -]\\d{4}[ -]\\d{4}[ -]\\d{3}[\\dXx]", 0.8)
          .shape("[1-9](?:[ .-]\\d){16}[ .-][\\dXx]", 0.8)
          .near("身份证,证件,身份号码,公民身份,居民身份,居住证,id card,identity card,resident id,id number")
          .code(ResidentId::check);

  private ResidentId() {}

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  static Check check(String code) {
    int sum = CheckDigits.weighted(code, WEIGHTS);
    return Check.valid(
        sum >= 0
            && "10X98765432".charAt(sum % 11) == code.charAt(17)
            && (Provinces.isProvince(code)
                || code.charAt(0) == '9' && Provinces.isProvince(code.substring(1)))
            && Dates.isBirth(
                CheckDigits.number(code, 6, 10),
                CheckDigits.number(code, 10, 12),
                CheckDigits.number(code, 12, 14)));
  }
}
