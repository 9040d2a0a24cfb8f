package dev.quern.privacy.recognise.uk;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Numbers of the National Health Service of the United Kingdom: ten digits, weights 10 to 2 modulo
 * 11.
 */
final class HealthNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("uk_nhs", "UK_NHS")
          .shape("\\d{3} \\d{3} \\d{4}", 0.4)
          .shape("\\d{3}-\\d{3}-\\d{4}", 0.3)
          .shape("\\d{10}", 0.2)
          .near("nhs,national health,health number,patient")
          .code(
              code -> {
                int check = 11 - CheckDigits.weighted(code, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                return Check.passed(
                    check % 11 == CheckDigits.digit(code, 9) && !CheckDigits.isRepeated(code));
              });

  private HealthNumber() {}
}
