package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** Identity numbers of South Africa: day of birth, sex, citizenship, Luhn. */
final class SouthAfricanId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("za_id", "ZA_ID")
          .shape("\\d{6} \\d{4} [01][89]\\d", 0.7)
          .shape("\\d{10}[01][89]\\d", 0.5)
          .near("id number,identity number,south african id,rsa id")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.isLuhn(code)
                          && Dates.isShortDay(
                              CheckDigits.number(code, 0, 2),
                              CheckDigits.number(code, 2, 4),
                              CheckDigits.number(code, 4, 6))));

  private SouthAfricanId() {}
}
