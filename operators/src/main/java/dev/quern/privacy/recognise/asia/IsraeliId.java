package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Identity numbers of Israel: nine digits by Luhn, beside words that speak for them. */
final class IsraeliId {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("il_id", "IL_ID")
          .shape("\\d{9}", 0.2)
          .near("תעודת זהות,teudat zehut,israeli id,id number")
          .code(code -> Check.passed(CheckDigits.isLuhn(code) && !CheckDigits.isRepeated(code)));

  private IsraeliId() {}
}
