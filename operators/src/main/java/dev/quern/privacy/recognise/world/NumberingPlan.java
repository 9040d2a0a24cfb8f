package dev.quern.privacy.recognise.world;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.List;

/**
 * What of a region's numbering plan tells at once that a number without country code is none of it:
 * how many digits its numbers have. To ask libphonenumber itself costs microseconds.
 */
final class NumberingPlan {
  static final NumberingPlan US = new NumberingPlan("US", "1");

  /** Where numbers without a country code are tried, the first that takes one decides. */
  static final List<NumberingPlan> TRIED =
      List.of(
          US,
          new NumberingPlan("GB", "0"),
          new NumberingPlan("DE", "0"),
          new NumberingPlan("FR", "0"),
          new NumberingPlan("IN", "0"),
          new NumberingPlan("AU", "0"),
          new NumberingPlan("IL", "0"),
          new NumberingPlan("BR", "0"),
          new NumberingPlan("SE", "0"),
          new NumberingPlan("CH", "0"),
          new NumberingPlan("JP", "0"),
          new NumberingPlan("KR", "0"));

  private static final int LONGEST = 17;

  /** What stands before numbers at most: a carrier (BR, 2 digits and 2 before, AU 4). */
  private static final int CARRIER = 4;

  private final String region;
  private final String trunk;
  private final String country;
  private final boolean hasCarriers;
  private final boolean[] lengths = new boolean[LONGEST + 1];

  private NumberingPlan(String region, String trunk) {
    this.region = region;
    this.trunk = trunk;
    this.hasCarriers = region.equals("BR") || region.equals("AU");
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    int code = phones.getCountryCodeForRegion(region);
    this.country = String.valueOf(code);
    long number = 2;
    for (int length = 1; length <= LONGEST; length++) {
      Phonenumber.PhoneNumber some =
          new Phonenumber.PhoneNumber().setCountryCode(code).setNationalNumber(number);
      lengths[length] = phones.isPossibleNumber(some);
      number *= 10;
    }
  }

  /** Returns the region as ISO 3166-1 writes it. */
  String region() {
    return region;
  }

  /** Returns whether {@code written} may be a number of this plan; false only if it cannot be. */
  boolean mayTake(String written) {
    // Extensions, international numbers and dialling codes of other countries are not told apart.
    String digits = digits(written);
    return digits.isEmpty()
        || digits.startsWith("00")
        || digits.startsWith("01")
        || fitsBehindTrunk(digits)
        || digits.startsWith(country) && fitsBehindTrunk(digits.substring(country.length()))
        || hasCarriers && fitsBehindCarrier(digits);
  }

  /** Trunk prefixes and the country code may stand there more than once. */
  private boolean fitsBehindTrunk(String digits) {
    String rest = digits;
    while (!fits(rest)) {
      if (!rest.startsWith(trunk)) {
        return false;
      }
      rest = rest.substring(trunk.length());
    }
    return true;
  }

  private boolean fitsBehindCarrier(String digits) {
    for (int left = 1; left <= CARRIER && left < digits.length(); left++) {
      if (fits(digits.substring(left))) {
        return true;
      }
    }
    return false;
  }

  private boolean fits(String digits) {
    return digits.length() <= LONGEST && lengths[digits.length()];
  }

  /** Returns the digits, none if there is anything beside digits and separators. */
  private static String digits(String written) {
    StringBuilder digits = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (" .-()".indexOf(c) < 0 || c == '.' && i == written.length() - 1) {
        return "";
      }
    }
    return digits.toString();
  }
}
