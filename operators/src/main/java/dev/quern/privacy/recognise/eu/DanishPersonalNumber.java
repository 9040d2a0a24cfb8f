package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Personal numbers of Denmark (CPR): day of birth and four digits, without a check since 2007, so
 * without a hyphen only beside words that speak for them.
 */
final class DanishPersonalNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("dk_cpr", "DK_CPR")
          .shape("[0-3]\\d[01]\\d{3}-\\d{4}", 0.5)
          .shape("[0-3]\\d[01]\\d{3}\\d{4}", 0.15)
          .near("cpr,cpr-nummer,personnummer")
          .code(
              code ->
                  Check.possible(
                      Dates.isShortDay(
                          CheckDigits.number(code, 4, 6),
                          CheckDigits.number(code, 2, 4),
                          CheckDigits.number(code, 0, 2))));

  private DanishPersonalNumber() {}
}
