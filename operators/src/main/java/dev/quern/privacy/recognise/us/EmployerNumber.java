package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import java.util.Set;

/**
 * Employer identification numbers of the United States: prefixes of the tax offices, beside words
 * that speak for them.
 */
final class EmployerNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_ein", "US_EIN")
          .shape("\\d{2}-\\d{7}", 0.3)
          .near("ein,fein,employer identification,tax id,federal tax")
          .code(
              code ->
                  Check.possible(
                      !Set.of(0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97)
                          .contains(CheckDigits.number(code, 0, 2))));

  private EmployerNumber() {}
}
