package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/**
 * National provider identifiers of health care in the United States: Luhn over 80840 and the ten
 * digits.
 */
final class NationalProvider {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_npi", "US_NPI")
          .shape("[12]\\d{9}", 0.3)
          .near("npi,national provider,provider id,provider identifier,prescriber")
          .code(code -> Check.passed(CheckDigits.isLuhn("80840" + code)));

  private NationalProvider() {}
}
