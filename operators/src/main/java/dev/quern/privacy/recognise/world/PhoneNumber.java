package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;
import java.util.regex.Pattern;

/**
 * Telephone numbers: the international form, those of North America and groups of digits beside
 * words that speak for them. The numbering plans of libphonenumber confirm; numbers without a
 * country code are tried in some regions.
 */
final class PhoneNumber {
  private static final String EXTENSION = "(?:(?: ?x| ext\\.?) ?\\d{1,5})?";

  static final NumberPattern RECOGNISER =
      NumberPattern.of("phone", "PHONE")
          .shape(
              "\\+[1-9]\\d{0,2}(?:[ .-]?\\(\\d{1,4}\\))?(?:[ .-]?\\d{1,12}){1,6}" + EXTENSION, 0.55)
          .shape("00[1-9]\\d{0,2}(?:[ .-]\\d{1,5}){2,6}" + EXTENSION, 0.55)
          .shape(
              "(?:1[ .-])?(?:\\([2-9]\\d{2}\\)[ -]?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}"
                  + EXTENSION,
              0.55)
          .shape("0\\d{2,4}[ -]\\d{3,4}[ -]\\d{3,4}", 0.55)
          .shape("07\\d{3} \\d{6}", 0.55)
          .shape("\\(0\\d{1,4}\\)[ -]?\\d{3,4}[ -]?\\d{3,4}", 0.55)
          .shape("0\\d{1,4}[ -]\\d{3,4}[ -]?\\d{3,4}", 0.3)
          .shape("(?:\\d )?\\(\\d{2,5}\\)[ -]?\\d{3,5}[ -]?\\d{2,4}(?:[ -]\\d{2})?", 0.4)
          .shape("\\d{2,4}[ -]\\d{5,8}", 0.2)
          .shape("\\d{2,5}(?:[ .-]\\d{2,4}){1,5}", 0.2)
          .shape("\\d{7,13}", 0.15)
          .shape("00[1-9]\\d{11,14}", 0.15)
          .check(PhoneNumber::check)
          .near(
              "phone,telephone,landline,tel,call,mobile,cell,cellphone,fax,contact,office,whatsapp,"
                  + "text me,hotline,reach me,reached at,dial,ring,电话,手机,传真,联系");

  private static final Pattern YEAR_FIRST =
      Pattern.compile("(19|20)\\d\\d[.-][01]?\\d[.-][0-3]?\\d.*");

  private static final Pattern YEAR_LAST =
      Pattern.compile("[0-3]?\\d[.-][0-3]?\\d[.-](19|20)\\d\\d");

  private PhoneNumber() {}

  static Check check(Passage passage, int start, int end) {
    int digits = 0;
    int separators = 0;
    for (int at = start; at < end; at++) {
      char c = passage.at(at);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      separators += c == '-' || c == '.' || c == ' ' || c == ')' ? 1 : 0;
    }
    if (digits < 7 || digits > 20) {
      return Check.WRONG;
    }
    boolean international = passage.at(start) == '+';
    boolean supported = international || RECOGNISER.context().supports(passage, start, end);
    boolean american = end - start > 7 && separators >= 2;
    boolean trunk = hasTrunkPrefix(passage, start) && (digits == 10 || digits == 11);
    boolean abroad = passage.at(start) == '0' && passage.at(start + 1) == '0';
    if (!supported && !american && !trunk) {
      return Check.WRONG;
    }
    String written = passage.text(start, end);
    if (isChineseMobile(written, passage.code(start, end))) {
      return Check.WRONG;
    }
    if (international) {
      return NumberingPlan.isInternational(written)
          ? Check.LIKELY
          : Check.possible(digits >= 8 && digits <= 15);
    }
    String national = abroad ? "+" + written.substring(2) : written;
    if (!supported) {
      boolean valid =
          abroad || trunk ? NumberingPlan.isNational(national) : NumberingPlan.isAmerican(written);
      return valid ? Check.POSSIBLE : Check.WRONG;
    }
    return NumberingPlan.isNational(national)
        ? Check.PASSED
        : Check.possible(digits <= 13 && !isDate(written));
  }

  /** A 0 in front is dialled within a country: 020 7946 0958, (02) 9876 5432. */
  private static boolean hasTrunkPrefix(Passage passage, int start) {
    int at = passage.at(start) == '(' ? start + 1 : start;
    return passage.at(at) == '0' && passage.at(at + 1) != '0';
  }

  /** Those have a recogniser of their own. */
  private static boolean isChineseMobile(String written, String code) {
    int at = code.length() - 11;
    return at >= 0
        && code.charAt(at) == '1'
        && code.charAt(at + 1) >= '3'
        && (at == 0 && written.charAt(0) != '+'
            || code.startsWith("86")
            || code.startsWith("0086"));
  }

  /** Days and times are groups of digits too. */
  private static boolean isDate(String written) {
    return YEAR_FIRST.matcher(written).matches() || YEAR_LAST.matcher(written).matches();
  }
}
