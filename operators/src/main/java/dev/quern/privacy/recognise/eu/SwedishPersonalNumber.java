package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Personal numbers of Sweden: day of birth (60 more for coordination numbers), three digits, Luhn.
 */
final class SwedishPersonalNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("se_personal_number", "SE_PERSONAL_NUMBER")
          .shape("(?:19|20)?\\d{6}[-+]\\d{4}", 0.6)
          .shape("(?:19|20)\\d{10}", 0.3)
          .shape("\\d{10}", 0.2)
          .near("personnummer,samordningsnummer,personal number,ssn")
          .code(
              code -> {
                String ten = code.length() == 12 ? code.substring(2) : code;
                int day = CheckDigits.number(ten, 4, 6);
                return Check.passed(
                    CheckDigits.isLuhn(ten)
                        && Dates.isShortDay(
                            CheckDigits.number(ten, 0, 2),
                            CheckDigits.number(ten, 2, 4),
                            day > 60 ? day - 60 : day));
              });

  private SwedishPersonalNumber() {}
}
