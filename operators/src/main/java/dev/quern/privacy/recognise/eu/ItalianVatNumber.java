package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Numbers for value added tax of Italy: eleven digits by Luhn. */
final class ItalianVatNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("it_vat", "IT_VAT")
          .shape("\\d{11}", 0.2)
          .shape("IT ?\\d{11}", 0.5)
          .near("partita iva,p.iva,iva,vat")
          .code(
              code ->
                  Check.passed(
                      CheckDigits.isLuhn(code.startsWith("IT") ? code.substring(2) : code)
                          && !code.startsWith("0000")));

  private ItalianVatNumber() {}
}
