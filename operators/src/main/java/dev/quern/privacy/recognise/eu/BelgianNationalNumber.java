package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** National register numbers of Belgium: day of birth, three digits, two digits modulo 97. */
final class BelgianNationalNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("be_national_number", "BE_NATIONAL_NUMBER")
          .shape("\\d{11}", 0.4)
          .shape("\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}", 0.6)
          .near("rijksregister,registre national,national number,insz,niss")
          .code(
              code -> {
                long number = Long.parseLong(code.substring(0, 9));
                int check = CheckDigits.number(code, 9, 11);
                return Check.passed(
                    (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check)
                        && Dates.isShortDay(
                            CheckDigits.number(code, 0, 2),
                            CheckDigits.number(code, 2, 4),
                            CheckDigits.number(code, 4, 6)));
              });

  private BelgianNationalNumber() {}
}
