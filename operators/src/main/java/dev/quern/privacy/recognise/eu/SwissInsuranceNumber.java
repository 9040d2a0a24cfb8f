package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Insurance numbers of Switzerland (AHV): 756, nine digits and the check digit of EAN-13. */
final class SwissInsuranceNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("ch_ahv", "CH_AHV")
          .shape("756\\d{10}", 0.5)
          .shape("756\\.\\d{4}\\.\\d{4}\\.\\d{2}", 0.8)
          .near("ahv,avs,sozialversicherungsnummer,insurance")
          .code(
              code ->
                  Check.likely(
                      CheckDigits.weighted(code, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0));

  private SwissInsuranceNumber() {}
}
