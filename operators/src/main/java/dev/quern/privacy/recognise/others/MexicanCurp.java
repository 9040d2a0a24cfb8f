package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Population registry codes of Mexico (CURP): letters of the name, day of birth, sex, state, a
 * check digit modulo 10.
 */
final class MexicanCurp {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("mx_curp", "MX_CURP")
          .shape(
              "[A-Za-z]{4}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[HMXhmx][A-Za-z]{5}[A-Za-z0-9]\\d",
              0.7)
          .near("curp")
          .code(
              code -> {
                String digits = "0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ";
                int sum = 0;
                for (int i = 0; i < 17; i++) {
                  sum += (18 - i) * digits.indexOf(code.charAt(i));
                }
                return Check.valid((10 - sum % 10) % 10 == CheckDigits.digit(code, 17));
              });

  private MexicanCurp() {}
}
