package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Taxpayer numbers of companies of Brazil (CNPJ): fourteen digits, two check digits modulo 11. */
final class BrazilianCnpj {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("br_cnpj", "BR_CNPJ")
          .shape("\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}", 0.7)
          .shape("\\d{14}", 0.4)
          .near("cnpj")
          .code(
              code -> {
                int one = CheckDigits.weighted(code, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                int two = CheckDigits.weighted(code, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                return Check.passed(
                    CheckDigits.digit(code, 12) == (one < 2 ? 0 : 11 - one)
                        && CheckDigits.digit(code, 13) == (two < 2 ? 0 : 11 - two)
                        && !CheckDigits.isRepeated(code));
              });

  private BrazilianCnpj() {}
}
