package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Social insurance numbers of Canada: nine digits by Luhn, not from 0 or 8 on. */
final class CanadianInsurance {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("ca_sin", "CA_SIN")
          .shape("[1-79]\\d{2} \\d{3} \\d{3}", 0.4)
          .shape("[1-79]\\d{2}-\\d{3}-\\d{3}", 0.6)
          .shape("[1-79]\\d{8}", 0.2)
          .near("sin,social insurance")
          .code(code -> Check.passed(CheckDigits.isLuhn(code) && !CheckDigits.isRepeated(code)));

  private CanadianInsurance() {}
}
