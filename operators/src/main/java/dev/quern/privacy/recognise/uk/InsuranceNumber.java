package dev.quern.privacy.recognise.uk;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import java.util.Set;

/**
 * National insurance numbers of the United Kingdom: prefixes in use, six digits, a suffix A to D.
 */
final class InsuranceNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("uk_nino", "UK_NINO")
          .shape(
              "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]\\d{6}[A-Da-d]",
              0.6)
          .shape(
              "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] \\d{2} \\d{2} \\d{2} [A-Da-d]",
              0.8)
          .shape(
              "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]-\\d{2}-\\d{2}-\\d{2}-[A-Da-d]",
              0.8)
          .near("nino,national insurance,ni number,insurance number")
          .code(
              code ->
                  Check.possible(
                      !Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
                          .contains(code.substring(0, 2))));

  private InsuranceNumber() {}
}
