package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Identity numbers of foreigners in Spain: X, Y or Z, seven digits and the letter of their
 * remainder by 23.
 */
final class SpanishNie {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("es_nie", "ES_NIE")
          .shape("[XYZxyz]-?\\d{7}-?[A-HJ-NP-TV-Za-hj-np-tv-z]", 0.5)
          .near("nie,extranjero,identidad")
          .code(
              code -> {
                int number = (code.charAt(0) - 'X') * 10_000_000 + CheckDigits.number(code, 1, 8);
                return Check.valid("TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == code.charAt(8));
              });

  private SpanishNie() {}
}
