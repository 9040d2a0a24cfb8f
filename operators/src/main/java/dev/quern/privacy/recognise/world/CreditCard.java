package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Payment cards of 12 to 19 digits: ranges of their issuers (ISO/IEC 7812) and the check digit of
 * Luhn. UnionPay cards have a recogniser of their own.
 */
final class CreditCard {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("credit_card", "CREDIT_CARD")
          .shape("\\d{12,19}", 0.4)
          .shape("\\d{4} \\d{4} \\d{4} \\d{4}(?: \\d{1,3})?", 0.4)
          .shape("\\d{4}-\\d{4}-\\d{4}-\\d{4}(?:-\\d{1,3})?", 0.4)
          .shape("\\d{4}\\.\\d{4}\\.\\d{4}\\.\\d{4}", 0.4)
          .shape("3\\d{3} \\d{6} \\d{4,5}", 0.4)
          .shape("3\\d{3}-\\d{6}-\\d{4,5}", 0.4)
          .near("card,credit,visa,mastercard,amex,debit,cc,卡号,信用卡,银行卡")
          .code(CreditCard::check);

  private CreditCard() {}

  static Check check(String code) {
    if (!isIssued(code) || !CheckDigits.isLuhn(code)) {
      return Check.WRONG;
    }
    int four = CheckDigits.number(code, 0, 4);
    boolean rare = code.length() < 14 && code.charAt(0) != '4' || four >= 3500 && four < 3528;
    return rare ? Check.PASSED : Check.LIKELY;
  }

  private static boolean isIssued(String code) {
    int length = code.length();
    int two = CheckDigits.number(code, 0, 2);
    int four = CheckDigits.number(code, 0, 4);
    if (two == 62) {
      return false;
    }
    boolean visa = code.charAt(0) == '4' && (length == 13 || length == 16 || length == 19);
    boolean master = length == 16 && (two >= 51 && two <= 55 || four >= 2221 && four <= 2720);
    boolean amex = length == 15 && (two == 34 || two == 37);
    boolean discover = length >= 16 && (four == 6011 || four / 10 >= 644 && four / 10 <= 659);
    boolean diners = length >= 14 && (four / 10 >= 300 && four / 10 <= 305 || four / 10 == 309);
    boolean diners2 = length >= 14 && (two == 36 || two == 38 || two == 39);
    boolean jcb = length == 15 && (four == 1800 || four == 2131);
    boolean jcb2 = length >= 16 && four >= 3500 && four <= 3599;
    boolean mir = length >= 16 && four >= 2200 && four <= 2204;
    boolean maestro =
        two == 50
            || two >= 56 && two <= 58
            || two == 67
            || four == 6304
            || four == 6390
            || four == 604;
    return visa || master || amex || discover || diners || diners2 || jcb || jcb2 || mir || maestro;
  }
}
