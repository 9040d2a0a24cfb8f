package dev.quern.privacy.recognise.uk;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/** Driving licences of Great Britain: five characters of the name, day of birth, initials. */
final class UkDrivingLicence {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("uk_driving_licence", "UK_DRIVING_LICENCE")
          .shape(
              "[A-Za-z9]{5}\\d[0156]\\d(?:0[1-9]|[12]\\d|3[01])\\d[A-Za-z9]{2}[A-Za-z0-9]{3}", 0.6)
          .near("driving licence,driver licence,dvla,licence")
          .code(
              code ->
                  Check.possible(
                      Character.isLetter(code.charAt(0))
                          && Dates.isShortDay(0, CheckDigits.number(code, 6, 8) % 50, 1)));

  private UkDrivingLicence() {}
}
