package dev.quern.privacy.recognise.world;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;
import java.util.List;

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
          .shape("0\\d{1,4}[ -]\\d{3,4}[ -]?\\d{3,4}", 0.3)
          .shape("\\(\\d{2,5}\\)[ -]?\\d{3,4}[ -]?\\d{3,4}", 0.4)
          .shape("\\d{2,5}(?:[ .-]\\d{2,4}){1,5}", 0.2)
          .shape("\\d{7,13}", 0.15)
          .check(PhoneNumber::check)
          .near(
              "phone,telephone,tel,call,mobile,cell,cellphone,fax,contact,office,whatsapp,text me,"
                  + "hotline,reach me,reached at,dial,ring,电话,手机,传真,联系");

  /** Where numbers without a country code are tried, the first that takes one decides. */
  private static final List<String> REGIONS =
      List.of("US", "GB", "DE", "FR", "IN", "AU", "IL", "BR", "SE", "CH");

  private PhoneNumber() {}

  static Check check(Passage passage, int start, int end) {
    String written = passage.text(start, end);
    int digits = (int) written.chars().filter(c -> c >= '0' && c <= '9').count();
    if (digits < 7 || digits > 20) {
      return Check.WRONG;
    }
    if (isChineseMobile(written, passage.code(start, end))) {
      return Check.WRONG;
    }
    if (written.charAt(0) == '+') {
      return isValid(written, "ZZ") ? Check.LIKELY : Check.possible(digits >= 8 && digits <= 15);
    }
    if (!RECOGNISER.context().supports(passage, start, end)) {
      boolean american = written.length() > 7 && isAmerican(written);
      return american && isValid(written, "US") ? Check.POSSIBLE : Check.WRONG;
    }
    String national = written.startsWith("00") ? "+" + written.substring(2) : written;
    for (String region : REGIONS) {
      if (isValid(national, region)) {
        return Check.PASSED;
      }
    }
    return Check.possible(digits <= 13 && !isDate(written));
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

  private static boolean isAmerican(String written) {
    return written.chars().filter(c -> c == '-' || c == '.' || c == ' ' || c == ')').count() >= 2;
  }

  /** Days and times are groups of digits too. */
  private static boolean isDate(String written) {
    return written.matches("(19|20)\\d\\d[.-][01]?\\d[.-][0-3]?\\d.*")
        || written.matches("[0-3]?\\d[.-][0-3]?\\d[.-](19|20)\\d\\d");
  }

  private static boolean isValid(String written, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isValidNumber(phones.parse(written, region));
    } catch (NumberParseException e) {
      return false;
    }
  }
}
