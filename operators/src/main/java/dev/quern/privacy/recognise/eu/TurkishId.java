package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Identity numbers of Turkey: eleven digits, the last two of which check the others. */
final class TurkishId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("tr_id", "TR_ID")
          .shape("[1-9]\\d{10}", 0.4)
          .near("tc kimlik,kimlik,tckn,tc no")
          .code(
              code -> {
                int odd = CheckDigits.weighted(code, 1, 0, 1, 0, 1, 0, 1, 0, 1);
                int even = CheckDigits.weighted(code, 0, 1, 0, 1, 0, 1, 0, 1);
                int all = CheckDigits.weighted(code, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
                return Check.passed(
                    Math.floorMod(7 * odd - even, 10) == CheckDigits.digit(code, 9)
                        && all % 10 == CheckDigits.digit(code, 10)
                        && CheckDigits.digit(code, 10) % 2 == 0);
              });

  private TurkishId() {}
}
