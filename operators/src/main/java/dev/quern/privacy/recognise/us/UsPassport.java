package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Passports of the United States: nine digits or a letter and eight, only beside words that speak
 * for them.
 */
final class UsPassport {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_passport", "US_PASSPORT")
          .shape("[A-Za-z]\\d{8}", 0.15)
          .shape("\\d{9}", 0.15)
          .near("passport,passport number,passport no");

  private UsPassport() {}
}
