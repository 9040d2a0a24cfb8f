package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Personal numeric codes of Romania (CNP): sex and century, day of birth, county, a digit modulo
 * 11.
 */
final class RomanianPersonalCode {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("ro_cnp", "RO_CNP")
          .shape("[1-9]\\d{12}", 0.4)
          .near("cnp,cod numeric personal")
          .code(
              code -> {
                int rest = CheckDigits.weighted(code, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
                return Check.passed(
                    CheckDigits.digit(code, 12) == (rest == 10 ? 1 : rest)
                        && CheckDigits.number(code, 7, 9) <= 52
                        && CheckDigits.number(code, 7, 9) >= 1
                        && Dates.isShortDay(
                            CheckDigits.number(code, 1, 3),
                            CheckDigits.number(code, 3, 5),
                            CheckDigits.number(code, 5, 7)));
              });

  private RomanianPersonalCode() {}
}
