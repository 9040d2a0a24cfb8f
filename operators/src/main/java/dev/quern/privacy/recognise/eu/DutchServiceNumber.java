package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Citizen service numbers of the Netherlands: nine digits, the test of eleven. */
final class DutchServiceNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("nl_bsn", "NL_BSN")
          .shape("\\d{9}", 0.2)
          .shape("\\d{4}\\.\\d{2}\\.\\d{3}", 0.4)
          .near("bsn,burgerservicenummer,sofinummer,citizen service")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.weighted(code, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0
                          && !CheckDigits.isRepeated(code)));

  private DutchServiceNumber() {}
}
