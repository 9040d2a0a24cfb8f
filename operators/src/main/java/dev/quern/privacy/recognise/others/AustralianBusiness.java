package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Business numbers of Australia: eleven digits, weights modulo 89 after 1 is taken from the first.
 */
final class AustralianBusiness {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("au_abn", "AU_ABN")
          .shape("[1-9]\\d \\d{3} \\d{3} \\d{3}", 0.6)
          .shape("[1-9]\\d{10}", 0.3)
          .near("abn,business number")
          .code(
              code ->
                  Check.passed(
                      (CheckDigits.weighted(code, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89
                          == 0));

  private AustralianBusiness() {}
}
