package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.checksum.CheckDigits;

/** International bank account numbers: ISO 13616, length by country, ISO 7064 MOD 97-10. */
final class Iban {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("iban", "IBAN")
          .shape("[A-Za-z]{2}\\d{2}[A-Za-z0-9]{11,30}", 0.5)
          .shape("[A-Za-z]{2}\\d{2}(?: [A-Za-z0-9]{4}){2,7}(?: [A-Za-z0-9]{1,3})?", 0.5)
          .shape("[A-Za-z]{2}\\d{2}(?:-[A-Za-z0-9]{4}){2,7}(?:-[A-Za-z0-9]{1,3})?", 0.5)
          .near("iban,bank,account,账号")
          .code(code -> Check.valid(lengthOf(code) == code.length() && isMod97(code)));

  private Iban() {}

  /** Countries and lengths of the IBAN registry of SWIFT, release 99. */
  private static final String LENGTHS =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
          + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20"
          + "LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28"
          + "PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22"
          + "VG24XK20YE30";

  static int lengthOf(String code) {
    for (int i = 0; i < LENGTHS.length(); i += 4) {
      if (code.startsWith(LENGTHS.substring(i, i + 2))) {
        return Integer.parseInt(LENGTHS.substring(i + 2, i + 4));
      }
    }
    return -1;
  }

  private static boolean isMod97(String code) {
    return CheckDigits.isMod97(code.substring(4) + code.substring(0, 4));
  }
}
