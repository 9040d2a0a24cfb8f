package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;

/**
 * Fiscal codes of Italy: letters of the name, day and place of birth, a check letter by two tables.
 */
final class ItalianFiscalCode {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("it_fiscal_code", "IT_FISCAL_CODE")
          .shape(
              "[A-Za-z]{6}[0-9LMNP-Vlmnp-v]{2}[A-EHLMPRSTa-ehlmprst][0-9LMNP-Vlmnp-v]{2}[A-Za-z][0-9LMNP-Vlmnp-v]{3}[A-Za-z]",
              0.6)
          .shape(
              "[A-Za-z]{3} [A-Za-z]{3} [0-9LMNP-Vlmnp-v]{2}[A-EHLMPRSTa-ehlmprst][0-9LMNP-Vlmnp-v]{2} [A-Za-z][0-9LMNP-Vlmnp-v]{3}[A-Za-z]",
              0.6)
          .near("codice fiscale,fiscale,cf,tax code")
          .code(ItalianFiscalCode::check);

  private ItalianFiscalCode() {}

  /** What characters on odd places count, by their value as a digit of base 36 modulo 26. */
  private static final int[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  static Check check(String code) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = code.charAt(i);
      int value = c >= 'A' ? c - 'A' : c - '0';
      sum += i % 2 == 0 ? ODD[value] : value;
    }
    return Check.valid(code.charAt(15) == 'A' + sum % 26);
  }
}
