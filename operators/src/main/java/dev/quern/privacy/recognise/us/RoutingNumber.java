package dev.quern.privacy.recognise.us;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** Routing numbers of banks of the United States (ABA): weights 3, 7, 1, known prefixes. */
final class RoutingNumber {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("us_aba_routing", "US_ABA_ROUTING")
          .shape("\\d{9}", 0.2)
          .shape("\\d{4}-\\d{4}-\\d", 0.4)
          .near("aba,routing,routing number,rtn,transit,bank")
          .code(
              code -> {
                int sum = CheckDigits.weighted(code, 3, 7, 1, 3, 7, 1, 3, 7, 1);
                int prefix = CheckDigits.number(code, 0, 2);
                boolean known =
                    prefix <= 12
                        || prefix >= 21 && prefix <= 32
                        || prefix >= 61 && prefix <= 72
                        || prefix == 80;
                return Check.passed(sum > 0 && sum % 10 == 0 && known);
              });

  private RoutingNumber() {}
}
