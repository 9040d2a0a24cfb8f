package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Identity cards of Germany since 2010: nine characters and a check digit, weights 7, 3, 1. */
final class GermanIdCard {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("de_id_card", "DE_ID_CARD")
          .shape("[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\\d", 0.3)
          .near("personalausweis,ausweis,ausweisnummer,id card,identity card")
          .code(
              code -> {
                int sum = 0;
                for (int i = 0; i < 9; i++) {
                  sum += Character.digit(code.charAt(i), 36) * new int[] {7, 3, 1}[i % 3];
                }
                return Check.passed(
                    sum % 10 == CheckDigits.digit(code, 9)
                        && code.chars().filter(Character::isDigit).count() >= 4);
              });

  private GermanIdCard() {}
}
