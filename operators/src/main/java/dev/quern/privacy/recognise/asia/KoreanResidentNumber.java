package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;
import dev.quern.privacy.recognise.checksum.Dates;

/**
 * Resident registration numbers of Korea: day of birth, sex and century, weights modulo 11 (numbers
 * since October 2020 carry no check).
 */
final class KoreanResidentNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("kr_rrn", "KR_RRN")
          .shape("\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-[1-8]\\d{6}", 0.7)
          .shape("\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[1-8]\\d{6}", 0.2)
          .near("주민등록번호,주민번호,resident registration,rrn")
          .code(
              code -> {
                int sum = CheckDigits.weighted(code, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
                boolean day =
                    Dates.isShortDay(
                        CheckDigits.number(code, 0, 2),
                        CheckDigits.number(code, 2, 4),
                        CheckDigits.number(code, 4, 6));
                boolean checked = (11 - sum % 11) % 10 == CheckDigits.digit(code, 12);
                return !day ? Check.WRONG : checked ? Check.PASSED : Check.POSSIBLE;
              });

  private KoreanResidentNumber() {}
}
