package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Identity numbers of Thailand: thirteen digits, weights 13 to 2 modulo 11. */
final class ThaiId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("th_id", "TH_ID")
          .shape("[1-8]-\\d{4}-\\d{5}-\\d{2}-\\d", 0.7)
          .shape("[1-8] \\d{4} \\d{5} \\d{2} \\d", 0.7)
          .shape("[1-8]\\d{12}", 0.25)
          .near("บัตรประชาชน,เลขประจำตัว,thai id,national id")
          .code(
              code ->
                  Check.passed(
                      (11 - CheckDigits.weighted(code, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)
                              % 10
                          == CheckDigits.digit(code, 12)));

  private ThaiId() {}
}
