package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Personal identification numbers of Croatia (OIB): eleven digits, ISO 7064 MOD 11,10. */
final class CroatianPersonalNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("hr_oib", "HR_OIB")
          .shape("\\d{11}", 0.3)
          .near("oib,osobni identifikacijski")
          .code(code -> Check.passed(CheckDigits.isMod11And10(code)));

  private CroatianPersonalNumber() {}
}
