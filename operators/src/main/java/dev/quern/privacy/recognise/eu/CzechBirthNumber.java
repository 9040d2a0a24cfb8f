package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Birth numbers of Czechia and Slovakia: day of birth (50 more in the month for women), divisible
 * by 11.
 */
final class CzechBirthNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cz_birth_number", "CZ_BIRTH_NUMBER")
          .shape("\\d{6}/\\d{4}", 0.7)
          .shape("\\d{10}", 0.2)
          .near("rodné číslo,rodne cislo,birth number,rč")
          .code(
              code -> {
                int month = CheckDigits.number(code, 2, 4) % 50;
                return Check.passed(
                    Long.parseLong(code) % 11 == 0
                        && Dates.isShortDay(
                            CheckDigits.number(code, 0, 2),
                            month > 20 ? month - 20 : month,
                            CheckDigits.number(code, 4, 6)));
              });

  private CzechBirthNumber() {}
}
