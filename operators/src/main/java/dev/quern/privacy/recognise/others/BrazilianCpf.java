package dev.quern.privacy.recognise.others;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Taxpayer numbers of persons of Brazil (CPF): eleven digits, two check digits modulo 11. */
final class BrazilianCpf {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("br_cpf", "BR_CPF")
          .shape("\\d{3}\\.\\d{3}\\.\\d{3}[-/]\\d{2}", 0.7)
          .shape("\\d{11}", 0.4)
          .near("cpf,cadastro de pessoas")
          .code(
              code -> {
                int one = CheckDigits.weighted(code, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
                int two = CheckDigits.weighted(code, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
                return Check.passed(
                    one == CheckDigits.digit(code, 9)
                        && two == CheckDigits.digit(code, 10)
                        && !CheckDigits.isRepeated(code));
              });

  private BrazilianCpf() {}
}
