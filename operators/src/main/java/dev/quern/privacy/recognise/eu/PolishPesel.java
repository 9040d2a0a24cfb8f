package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** PESEL numbers of Poland: day of birth with the century in the month, weights 1, 3, 7, 9. */
final class PolishPesel {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("pl_pesel", "PL_PESEL")
          .shape("\\d{11}", 0.3)
          .near("pesel,numer pesel,identification")
          .code(
              code -> {
                int sum = CheckDigits.weighted(code, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1);
                return Check.passed(
                    sum % 10 == 0
                        && Dates.isShortDay(
                            CheckDigits.number(code, 0, 2),
                            CheckDigits.number(code, 2, 4) % 20,
                            CheckDigits.number(code, 4, 6)));
              });

  private PolishPesel() {}
}
