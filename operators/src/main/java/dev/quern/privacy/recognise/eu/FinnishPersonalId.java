package dev.quern.privacy.recognise.eu;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Personal identity codes of Finland: day of birth, sign of the century, three digits and a
 * character of the remainder by 31.
 */
final class FinnishPersonalId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("fi_personal_id", "FI_PERSONAL_ID")
          .shape(
              "(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}[-+A-FYXWVUa-fyxwvu]\\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y]",
              0.6)
          .near("henkilötunnus,hetu,personal identity")
          .check(
              (passage, start, end) -> {
                String code = passage.code(start, end);
                String digits =
                    code.substring(0, 6) + code.substring(code.length() - 4, code.length() - 1);
                char check =
                    "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(CheckDigits.number(digits, 0, 9) % 31);
                return Check.valid(check == code.charAt(code.length() - 1));
              });

  private FinnishPersonalId() {}
}
