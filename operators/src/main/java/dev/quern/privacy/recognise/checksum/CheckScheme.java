package dev.quern.privacy.recognise.checksum;

import dev.quern.privacy.recognise.Check;
import java.util.function.Predicate;

/**
 * Schemes of check digits that recognisers name. They see the digits and capital letters of a
 * number alone. What a scheme of one check digit confirms is {@link Check#LIKELY}, what ISO 7064
 * MOD 97-10 confirms is {@link Check#VALID}.
 */
public enum CheckScheme {
  /** Luhn 1954, ISO/IEC 7812-1: cards. */
  LUHN(Check.LIKELY, CheckDigits::isLuhn),
  /** Verhoeff 1969. */
  VERHOEFF(Check.LIKELY, CheckDigits::isVerhoeff),
  /** Damm 2004. */
  DAMM(Check.LIKELY, MoreCheckDigits::isDamm),
  /** GS1 General Specifications 7.9: GTIN, EAN, SSCC; weights 3 and 1 from the right, modulo 10. */
  GS1(Check.LIKELY, MoreCheckDigits::isGs1),
  /** ISO 2108:1992: ten digits, the last may be X; weights 10 to 1, modulo 11. */
  ISBN10(Check.LIKELY, MoreCheckDigits::isIsbn10),
  /** ISO 7064 MOD 11-2: digits, the last may be X. */
  MOD11_2(Check.LIKELY, CheckDigits::isMod11And2),
  /** ISO 7064 MOD 11,10: digits. */
  MOD11_10(Check.LIKELY, CheckDigits::isMod11And10),
  /** ISO 7064 MOD 37,36: digits and letters. */
  MOD37_36(Check.LIKELY, MoreCheckDigits::isMod37And36),
  /** ISO 7064 MOD 97-10: two check digits. */
  MOD97_10(Check.VALID, CheckDigits::isMod97);

  private final Check confirmed;
  private final Predicate<String> holds;

  CheckScheme(Check confirmed, Predicate<String> holds) {
    this.confirmed = confirmed;
    this.holds = holds;
  }

  /** Returns what the scheme says of {@code code}, digits and capital letters. */
  public Check says(String code) {
    return code.length() > 1 && holds.test(code) ? confirmed : Check.WRONG;
  }
}
