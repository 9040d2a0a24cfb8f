package dev.quern.privacy.recognise.world;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers are dialled under one country calling code: what stands before national numbers is
 * taken off as libphonenumber does when it parses (its method parse; prefixes, patterns and lengths
 * are those it ships), and {@link CountryNumbers} judges the rest. What is not digits and
 * separators alone (extensions), and few others, the library judges itself.
 */
final class NumberingPlan {
  /** National numbers have 2 to 17 digits, ITU-T E.164 and some more for Germany. */
  private static final int SHORTEST = 2;

  private static final int LONGEST = 17;

  /** A number may have more digits than are looked at here; nobody writes so many. */
  private static final int MOST_DIGITS = 30;

  /** Regions where numbers without a country code are tried, the first that takes one decides. */
  private static final int[] TRIED = {1, 44, 49, 33, 91, 61, 972, 55, 46, 41, 81, 82};

  private static final AtomicReferenceArray<NumberingPlan> BY_CODE =
      new AtomicReferenceArray<>(1000);

  private static final String SEPARATORS = " .-()";

  private final String region;
  private final String country;
  private final CountryNumbers numbers;
  private final Pattern abroad;
  private final boolean[] isAbroadFirst = new boolean[10];
  private final String trunk;
  private final boolean isTrunkPlain;
  private final Pattern trunkPattern;
  private final String trunkRule;

  private NumberingPlan(int code) {
    this.country = String.valueOf(code);
    this.region = PhoneNumberUtil.getInstance().getRegionCodeForCountryCode(code);
    this.numbers = new CountryNumbers(code);
    PhoneMetadata main = numbers.main();
    this.abroad = Pattern.compile(main.getInternationalPrefix());
    this.trunk = main.getNationalPrefixForParsing();
    this.isTrunkPlain = trunk.chars().allMatch(c -> c >= '0' && c <= '9');
    this.trunkPattern = Pattern.compile(trunk);
    this.trunkRule = main.getNationalPrefixTransformRule();
    for (int first = 0; first < isAbroadFirst.length; first++) {
      Matcher matcher = abroad.matcher(String.valueOf(first));
      isAbroadFirst[first] = matcher.lookingAt() || matcher.hitEnd();
    }
  }

  /** Returns the plan of a country calling code that libphonenumber knows. */
  static NumberingPlan of(int code) {
    NumberingPlan plan = BY_CODE.get(code);
    if (plan == null) {
      plan = new NumberingPlan(code);
      BY_CODE.set(code, plan);
    }
    return plan;
  }

  /** Returns whether {@code written}, which begins with +, is a valid number of some country. */
  static boolean isInternational(String written) {
    Answer answer = international(digits(written.substring(1)));
    return answer == Answer.ASK ? isValid(written, "ZZ") : answer == Answer.YES;
  }

  /** Judges {@code digits} behind a +. */
  static Answer international(String digits) {
    if (digits.length() <= SHORTEST || digits.charAt(0) == '0') {
      return Answer.ASK;
    }
    int size = CountryNumbers.codeLength(digits);
    return size == 0
        ? Answer.NO
        : of(Integer.parseInt(digits.substring(0, size))).national(digits.substring(size));
  }

  /** Returns whether {@code written}, without a country code, is a number of North America. */
  static boolean isAmerican(String written) {
    return of(1).takes(written, digits(written));
  }

  /** Returns whether {@code written} is a valid number in one of the regions that are tried. */
  static boolean isNational(String written) {
    if (written.charAt(0) == '+') {
      return isInternational(written);
    }
    String digits = digits(written);
    for (int code : TRIED) {
      if (of(code).takes(written, digits)) {
        return true;
      }
    }
    return false;
  }

  private boolean takes(String written, String digits) {
    Answer answer = dialled(digits);
    return answer == Answer.ASK ? isValid(written, region) : answer == Answer.YES;
  }

  /** Returns whether libphonenumber takes {@code written} for a valid number in {@code region}. */
  static boolean isValid(String written, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isValidNumber(phones.parse(written, region));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /**
   * Returns the digits of {@code written}, empty if there is anything beside digits and separators.
   */
  static String digits(String written) {
    int length = written.length();
    char[] digits = new char[length];
    int found = 0;
    for (int i = 0; i < length; i++) {
      char c = written.charAt(i);
      if (c >= '0' && c <= '9') {
        digits[found++] = c;
      } else if (SEPARATORS.indexOf(c) < 0 || c == '.' && i == length - 1) {
        return "";
      }
    }
    return found > MOST_DIGITS ? "" : new String(digits, 0, found);
  }

  /** Judges {@code digits} as somebody in the plan's main region dials them. */
  Answer dialled(String digits) {
    if (digits.length() <= SHORTEST || isAbroad(digits)) {
      return Answer.ASK;
    }
    if (digits.startsWith(country)) {
      String rest = withoutTrunk(digits.substring(country.length()));
      if (!numbers.isGeneral(digits) && numbers.isGeneral(rest) || numbers.isTooLong(digits)) {
        return national(rest);
      }
    }
    return national(digits);
  }

  /** Judges {@code digits} behind the country code, a trunk prefix or not before them. */
  private Answer national(String digits) {
    if (digits.length() < SHORTEST) {
      return Answer.NO;
    }
    String rest = withoutTrunk(digits);
    String national = numbers.isLongEnough(rest) ? rest : digits;
    return national.length() < SHORTEST || national.length() > LONGEST
        ? Answer.NO
        : numbers.isValid(national);
  }

  private boolean isAbroad(String digits) {
    if (!isAbroadFirst[digits.charAt(0) - '0']) {
      return false;
    }
    Matcher matcher = abroad.matcher(digits);
    // No country code begins with 0.
    return matcher.lookingAt()
        && (matcher.end() == digits.length() || digits.charAt(matcher.end()) != '0');
  }

  /** Takes off what is dialled before numbers within the country: a 0, a carrier's code. */
  private String withoutTrunk(String digits) {
    if (digits.isEmpty() || trunk.isEmpty() || isTrunkPlain && !digits.startsWith(trunk)) {
      return digits;
    }
    String rest = isTrunkPlain ? digits.substring(trunk.length()) : changed(digits);
    return numbers.isGeneral(digits) && !numbers.isGeneral(rest) ? digits : rest;
  }

  private String changed(String digits) {
    Matcher matcher = trunkPattern.matcher(digits);
    if (!matcher.lookingAt()) {
      return digits;
    }
    boolean isPlain = trunkRule.isEmpty() || matcher.group(matcher.groupCount()) == null;
    return isPlain ? digits.substring(matcher.end()) : matcher.replaceFirst(trunkRule);
  }
}
