package dev.quern.privacy.recognise.cn;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;

/**
 * Fixed lines of mainland China with their area code; service lines (400, 800, 95xxx) are nobody's
 * own.
 */
final class Landline {
  static final NumberPattern RECOGNISER =
      NumberPattern.of("cn_landline", "CN_LANDLINE")
          .shape("0\\d{2,3}[- ]\\d{7,8}(?:-\\d{1,5})?", 0.6)
          .shape("\\(0\\d{2,3}\\)[- ]?\\d{7,8}(?:-\\d{1,5})?", 0.6)
          .shape("0\\d{9,11}", 0.25)
          .shape("(?:\\+|00)86[- ]?\\d{2,3}[- ]?\\d{7,8}(?:-\\d{1,5})?", 0.7)
          .near("电话,座机,固话,传真,联系,致电,拨打,热线,tel,telephone,phone,landline,fax,call")
          .check(Landline::check);

  private Landline() {}

  /** Area codes of three digits begin with 01 or 02 and go with eight digits, others have four. */
  static Check check(Passage passage, int start, int end) {
    String whole = passage.code(start, end);
    int dash = passage.text(start, end).lastIndexOf('-');
    int extension = dash >= 0 && end - start - dash <= 6 ? end - start - dash - 1 : 0;
    String code = whole.substring(0, whole.length() - extension);
    if (code.startsWith("0086")) {
      code = "0" + code.substring(4);
    } else if (code.startsWith("86")) {
      code = "0" + code.substring(2);
    }
    boolean city = code.startsWith("010") || code.startsWith("02");
    int area = city ? 3 : 4;
    if (code.length() <= area) {
      return Check.WRONG;
    }
    int rest = code.length() - area;
    char first = code.charAt(area);
    boolean known =
        city
            ? code.charAt(1) == '1' || code.charAt(2) != '6'
            : code.charAt(1) >= '3' && code.charAt(2) != '0';
    return Check.passed(known && (rest == 8 || rest == 7 && !city) && first >= '2' && first <= '8');
  }
}
