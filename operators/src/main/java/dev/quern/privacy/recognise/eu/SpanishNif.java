package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Identity numbers of Spain (DNI and NIF): eight digits and the letter of their remainder by 23.
 */
final class SpanishNif {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("es_nif", "ES_NIF")
          .shape("\\d{8}[A-HJ-NP-TV-Za-hj-np-tv-z]", 0.5)
          .shape("\\d{8}-[A-HJ-NP-TV-Za-hj-np-tv-z]", 0.5)
          .shape("\\d{2}\\.\\d{3}\\.\\d{3}-?[A-HJ-NP-TV-Za-hj-np-tv-z]", 0.5)
          .shape("\\d{8} [A-HJ-NP-TV-Z]", 0.2)
          .near("dni,nif,documento nacional,identidad")
          .check(
              (passage, start, end) -> {
                String code = passage.code(start, end);
                boolean holds =
                    "TRWAGMYFPDXBNJZSQVHLCKE".charAt(CheckDigits.number(code, 0, 8) % 23)
                        == code.charAt(8);
                // A number and a letter that begins the next word pass once in 23 times.
                boolean apart = passage.at(end - 2) == ' ';
                return apart ? Check.passed(holds) : Check.likely(holds);
              });

  private SpanishNif() {}
}
