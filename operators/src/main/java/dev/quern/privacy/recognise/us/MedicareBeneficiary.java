package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.NumberPattern;

/**
 * Medicare beneficiary identifiers of the United States: eleven characters of a fixed pattern
 * without S, L, O, I, B, Z.
 */
final class MedicareBeneficiary {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_mbi", "US_MBI")
          .shape(
              "[1-9][AC-HJKMNP-RT-Yac-hjkmnp-rt-y][0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d[AC-HJKMNP-RT-Yac-hjkmnp-rt-y][0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d[AC-HJKMNP-RT-Yac-hjkmnp-rt-y][AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d{2}",
              0.6)
          .shape(
              "[1-9][AC-HJKMNP-RT-Yac-hjkmnp-rt-y][0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d-[AC-HJKMNP-RT-Yac-hjkmnp-rt-y][0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d-[AC-HJKMNP-RT-Yac-hjkmnp-rt-y][AC-HJKMNP-RT-Yac-hjkmnp-rt-y]\\d{2}",
              0.8)
          .near("mbi,medicare,beneficiary");

  private MedicareBeneficiary() {}
}
