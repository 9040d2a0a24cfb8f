package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** Birth numbers of Norway: day of birth (40 more for D numbers) and two check digits modulo 11. */
final class NorwegianBirthNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("no_birth_number", "NO_BIRTH_NUMBER")
          .shape("[0-7]\\d{5} ?\\d{5}", 0.4)
          .near("fødselsnummer,personnummer,fnr,birth number")
          .code(
              code -> {
                int first = CheckDigits.weighted(code, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1);
                int second = CheckDigits.weighted(code, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1);
                int day = CheckDigits.number(code, 0, 2) % 40;
                return Check.passed(
                    first % 11 == 0
                        && second % 11 == 0
                        && Dates.isShortDay(
                            CheckDigits.number(code, 4, 6), CheckDigits.number(code, 2, 4), day));
              });

  private NorwegianBirthNumber() {}
}
