package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Aadhaar numbers of India: twelve digits from 2 on by Verhoeff, never the same backwards. */
final class Aadhaar {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("in_aadhaar", "IN_AADHAAR")
          .shape("[2-9]\\d{3} \\d{4} \\d{4}", 0.6)
          .shape("[2-9]\\d{3}-\\d{4}-\\d{4}", 0.6)
          .shape("[2-9]\\d{11}", 0.3)
          .near("aadhaar,aadhar,uidai,uid,आधार")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.isVerhoeff(code)
                          && !new StringBuilder(code).reverse().toString().equals(code)));

  private Aadhaar() {}
}
