package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Unified civil numbers of Bulgaria (EGN): day of birth with the century in the month, weights
 * modulo 11.
 */
final class BulgarianCivilNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("bg_egn", "BG_EGN")
          .shape("\\d{10}", 0.3)
          .near("егн,egn,civil number")
          .code(
              code -> {
                int sum = CheckDigits.weighted(code, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10;
                return Check.passed(
                    sum == CheckDigits.digit(code, 9)
                        && Dates.isShortDay(
                            CheckDigits.number(code, 0, 2),
                            CheckDigits.number(code, 2, 4) % 20,
                            CheckDigits.number(code, 4, 6)));
              });

  private BulgarianCivilNumber() {}
}
