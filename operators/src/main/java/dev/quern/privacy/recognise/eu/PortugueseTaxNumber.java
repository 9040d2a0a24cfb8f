package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Tax numbers of Portugal: nine digits, weights 9 to 2 modulo 11. */
final class PortugueseTaxNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("pt_nif", "PT_NIF")
          .shape("[1-35689]\\d{8}", 0.2)
          .shape("[1-35689]\\d{2} \\d{3} \\d{3}", 0.3)
          .near("nif,contribuinte,número fiscal")
          .code(
              code -> {
                int rest = CheckDigits.weighted(code, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                return Check.passed(CheckDigits.digit(code, 8) == (rest < 2 ? 0 : 11 - rest));
              });

  private PortugueseTaxNumber() {}
}
