package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * Individual taxpayer identification numbers of the United States: from 900 on, groups 50-65,
 * 70-88, 90-92, 94-99.
 */
final class TaxpayerNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_itin", "US_ITIN")
          .shape("9\\d{2}-\\d{2}-\\d{4}", 0.6)
          .shape("9\\d{2} \\d{2} \\d{4}", 0.3)
          .shape("9\\d{8}", 0.2)
          .near("itin,taxpayer,tax id,tin")
          .code(
              code -> {
                int group = CheckDigits.number(code, 3, 5);
                return Check.possible(
                    group >= 50 && group <= 65
                        || group >= 70 && group <= 88
                        || group >= 90 && group != 93);
              });

  private TaxpayerNumber() {}
}
