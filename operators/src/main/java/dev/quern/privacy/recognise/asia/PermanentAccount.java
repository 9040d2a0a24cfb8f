package dev.quern.privacy.recognise.asia;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Permanent account numbers of India: five letters, the fourth the kind of holder, four digits, a
 * letter.
 */
final class PermanentAccount {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("in_pan", "IN_PAN")
          .shape("[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]", 0.6)
          .shape("[a-z]{3}[abcfghjlpt][a-z]\\d{4}[a-z]", 0.3)
          .near("pan,permanent account,income tax,पैन");

  private PermanentAccount() {}
}
