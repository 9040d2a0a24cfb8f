package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Permits of residents of Taiwan to travel to the mainland: eight digits and no check digit, so
 * only beside the very words for them.
 */
final class TaiwanPermit {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_taiwan_permit", "CN_PASSPORT")
          .shape("\\d{8}", 0.2)
          .shape("\\d{10}", 0.2)
          .near("台胞证,台胞證,来往大陆通行证,來往大陸通行證");

  private TaiwanPermit() {}
}
