package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Unified social credit codes: GB 32100-2015, weights 3^i modulo 31. One of 31 numbers of 18 digits
 * passes, so those without a letter need words that speak for them.
 */
final class CreditCode {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_uscc", "CN_USCC")
          .shape("[0-9A-HJ-NPQRTUWXY]{2}\\d{6}[0-9A-HJ-NPQRTUWXY]{10}", 0.3)
          .shape("[1-9ay][1-9]\\d{6}[0-9a-hj-npqrtuwxy]{10}", 0.3)
          .near("信用代码,社会信用,税号,纳税人识别号,统一代码,机构代码,credit code,tax id,uscc")
          .code(CreditCode::check);

  private CreditCode() {}

  static Check check(String code) {
    if (CheckDigits.mod31(code) != code.charAt(17)) {
      return Check.WRONG;
    }
    return CheckDigits.isDigits(code) ? Check.PASSED : Check.LIKELY;
  }
}
