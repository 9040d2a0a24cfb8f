package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Social security numbers of the United States: no check digit, but areas 000, 666 and from 900 on,
 * groups 00 and serials 0000 are not given out.
 */
final class SocialSecurityNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_ssn", "US_SSN")
          .shape("\\d{3}-\\d{2}-\\d{4}", 0.6)
          .shape("\\d{3} \\d{2} \\d{4}", 0.3)
          .shape("\\d{3}\\.\\d{2}\\.\\d{4}", 0.3)
          .shape("\\d{9}", 0.2)
          .near("ssn,social security,social security number,ssns,ss#,soc sec")
          .code(SocialSecurityNumber::check);

  private SocialSecurityNumber() {}

  static Check check(String code) {
    int area = CheckDigits.number(code, 0, 3);
    return Check.possible(
        area != 0
            && area != 666
            && area < 900
            && CheckDigits.number(code, 3, 5) != 0
            && CheckDigits.number(code, 5, 9) != 0
            && !CheckDigits.isRepeated(code)
            && !code.equals("123456789")
            && !code.equals("078051120"));
  }
}
