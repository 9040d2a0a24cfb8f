package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Passports of China and permits to travel to and from Hong Kong, Macao and Taiwan: no check digit,
 * so only beside words that speak for them.
 */
final class Passport {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_passport", "CN_PASSPORT")
          .shape("[EGDSPegdsp]\\d{8}", 0.3)
          .shape("[Ee][A-HJ-NP-Za-hj-np-z]\\d{7}", 0.3)
          .shape("[HMhm]\\d{8}(?:\\d{2})?", 0.3)
          .shape("[CLTWcltw]\\d{8}", 0.3)
          .shape("[Cc][A-HJ-NP-Za-hj-np-z]\\d{7}", 0.3)
          .near("护照,通行证,旅行证,回乡证,台胞证,護照,通行證,回鄉證,台胞證,passport,travel document,travel permit");

  private Passport() {}
}
