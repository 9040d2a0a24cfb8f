package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.NumberPattern;

/** Passports of China: no check digit, so only beside words that speak for them. */
final class Passport {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_passport", "CN_PASSPORT")
          .shape("[EGDSPegdsp]\\d{8}", 0.3)
          .shape("[Ee][A-HJ-NP-Za-hj-np-z]\\d{7}", 0.3)
          .near("护照,通行证,旅行证,passport,travel document");

  private Passport() {}
}
