package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Individual numbers of Japan: twelve digits, weights modulo 11. */
final class JapaneseMyNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("jp_my_number", "JP_MY_NUMBER")
          .shape("\\d{4} \\d{4} \\d{4}", 0.4)
          .shape("\\d{4}-\\d{4}-\\d{4}", 0.4)
          .shape("\\d{12}", 0.2)
          .near("マイナンバー,個人番号,my number,individual number")
          .code(
              code -> {
                int rest = CheckDigits.weighted(code, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
                return Check.passed(CheckDigits.digit(code, 11) == (rest < 2 ? 0 : 11 - rest));
              });

  private JapaneseMyNumber() {}
}
