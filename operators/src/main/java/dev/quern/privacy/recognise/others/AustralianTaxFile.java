package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Tax file numbers of Australia: nine digits, weights modulo 11. */
final class AustralianTaxFile {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("au_tfn", "AU_TFN")
          .shape("\\d{3} \\d{3} \\d{3}", 0.3)
          .shape("\\d{9}", 0.2)
          .near("tfn,tax file")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.weighted(code, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0
                          && !CheckDigits.isRepeated(code)));

  private AustralianTaxFile() {}
}
