package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Personal public service numbers of Ireland: seven digits and one or two letters modulo 23. */
final class IrishPublicServiceNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("ie_pps", "IE_PPS")
          .shape("\\d{7}[A-Wa-w][A-IWa-iw]?", 0.4)
          .near("pps,ppsn,public service")
          .code(
              code -> {
                int extra =
                    code.length() == 9 && code.charAt(8) != 'W'
                        ? 9 * (code.charAt(8) - 'A' + 1)
                        : 0;
                int rest = (CheckDigits.weighted(code, 8, 7, 6, 5, 4, 3, 2) + extra) % 23;
                return Check.passed("WABCDEFGHIJKLMNOPQRSTUV".charAt(rest) == code.charAt(7));
              });

  private IrishPublicServiceNumber() {}
}
