package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Numbers of the social security of France (NIR): sex, year and month of birth, place, two digits
 * modulo 97.
 */
final class FrenchSocialNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("fr_nir", "FR_NIR")
          .shape("[12]\\d{2}(?:0[1-9]|1[0-2]|[2-9]\\d)(?:\\d{2}|2[ABab])\\d{6}\\d{2}", 0.5)
          .shape(
              "[12] \\d{2} (?:0[1-9]|1[0-2]|[2-9]\\d) (?:\\d{2}|2[ABab]) \\d{3} \\d{3} \\d{2}", 0.6)
          .near("insee,nir,sécurité sociale,secu,numéro de sécurité")
          .code(
              code -> {
                boolean corsica = code.charAt(6) == 'A' || code.charAt(6) == 'B';
                String digits =
                    corsica
                        ? code.substring(0, 5)
                            + (code.charAt(6) == 'A' ? "19" : "18")
                            + code.substring(7)
                        : code;
                long number = Long.parseLong(digits.substring(0, 13));
                return Check.valid(97 - number % 97 == CheckDigits.number(digits, 13, 15));
              });

  private FrenchSocialNumber() {}
}
