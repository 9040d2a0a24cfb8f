package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Tax identification numbers of Germany: eleven digits, one of them twice or three times among the
 * first ten, ISO 7064 MOD 11,10.
 */
final class GermanTaxId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("de_tax_id", "DE_TAX_ID")
          .shape("[1-9]\\d{10}", 0.3)
          .shape("[1-9]\\d \\d{3} \\d{3} \\d{3}", 0.5)
          .near("steuer,steuernummer,steueridentifikationsnummer,steuer-id,idnr,tax id,tin")
          .code(GermanTaxId::check);

  private GermanTaxId() {}

  static Check check(String code) {
    int[] counts = new int[10];
    for (int i = 0; i < 10; i++) {
      counts[CheckDigits.digit(code, i)]++;
    }
    int repeated = 0;
    int most = 0;
    for (int count : counts) {
      repeated += count > 1 ? 1 : 0;
      most = Math.max(most, count);
    }
    return Check.passed(repeated == 1 && most <= 3 && CheckDigits.isMod11And10(code));
  }
}
