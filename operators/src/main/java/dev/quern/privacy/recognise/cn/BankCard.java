package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Cards of UnionPay, 16 to 19 digits from 62 on, and older ones of 19 digits from 9558 on, with the
 * check digit of Luhn.
 */
final class BankCard {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_bank_card", "CN_BANK_CARD")
          .shape("62\\d{14,17}", 0.6)
          .shape("62\\d{2} \\d{4} \\d{4} \\d{4}(?: \\d{1,3})?", 0.6)
          .shape("62\\d{2}-\\d{4}-\\d{4}-\\d{4}(?:-\\d{1,3})?", 0.6)
          .shape("62\\d{2}\\.\\d{4}\\.\\d{4}\\.\\d{4}(?:\\.\\d{1,3})?", 0.6)
          .shape("62\\d{4} \\d{13}", 0.6)
          .shape("9558\\d{15}", 0.6)
          .shape("9558[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{3}", 0.6)
          .near("银行卡,卡号,账号,帐号,储蓄卡,信用卡,借记卡,转账,打款,賬號,帳號,卡號,card,account")
          .code(code -> Check.likely(CheckDigits.isLuhn(code)));

  private BankCard() {}
}
