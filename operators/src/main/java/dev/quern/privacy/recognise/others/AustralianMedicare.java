package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Medicare numbers of Australia: ten or eleven digits from 2 to 6 on, weights modulo 10. */
final class AustralianMedicare {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("au_medicare", "AU_MEDICARE")
          .shape("[2-6]\\d{3} \\d{5} \\d(?:[ /]\\d)?", 0.5)
          .shape("[2-6]\\d{9}", 0.2)
          .near("medicare")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.weighted(code, 1, 3, 7, 9, 1, 3, 7, 9) % 10
                          == CheckDigits.digit(code, 8)));

  private AustralianMedicare() {}
}
