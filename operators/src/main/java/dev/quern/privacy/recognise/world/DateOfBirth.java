package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.NumberPattern;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.checksum.DateTexts;
import dev.quern.privacy.recognise.checksum.Dates;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Days of birth: dates of any usual writing, English and Chinese ones with names of months as well,
 * but only beside words that speak of birth, or in a field that is called so; any other date says
 * little of a person. Months alone count in Chinese, where forms ask for them.
 */
final class DateOfBirth {
  private static final double SCORE = 0.2;

  /** Characters of yyyy-MM-dd. */
  private static final int DAY = 10;

  /** What cannot be is left out of the shapes: it costs nothing then. */
  private static final String YEAR = "(?:1[89]|20)\\d{2}";

  private static final String HAN = "[一二三四五六七八九十廿卅]{1,3}";

  private static final String MONTHS =
      "January|February|March|April|May|June|July|August|September|October|November|December"
          + "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec";

  private static final List<String> WORDS =
      List.of(
          "born",
          "birth",
          "birthdate",
          "birthday",
          "bday",
          "bdate",
          "dob",
          "d.o.b",
          "dateofbirth",
          "birth date",
          "date of birth",
          "出生",
          "生日",
          "生于",
          "诞生",
          "诞辰",
          "出世");

  /** Other dates of people, which stand beside that of their birth. */
  private static final List<String> OTHERS =
      List.of(
          "admitted",
          "admission",
          "discharged",
          "visit",
          "issued",
          "expires",
          "expiry",
          "died",
          "death",
          "hired",
          "joined",
          "入院",
          "出院",
          "就诊",
          "签发",
          "有效",
          "入职",
          "去世",
          "逝世",
          "卒于");

  static final NumberPattern RECOGNISER =
      new NumberPattern(
              "date_of_birth",
              "DATE_OF_BIRTH",
              List.of(),
              DateOfBirth::check,
              Context.of(WORDS, OTHERS, List.of()))
          .shape(YEAR + "[-/.]\\d{1,2}[-/.]\\d{1,2}", SCORE)
          .shape(YEAR + "-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:[.]\\d{1,6})?)?Z?", SCORE)
          .shape("[0-3]?\\d[-/.][0-3]?\\d[-/.](?:" + YEAR + "|\\d{2})", SCORE)
          .shape(YEAR + "[01]\\d[0-3]\\d", SCORE)
          .shape("[一二][八九〇零○][一二三四五六七八九〇零○]{2}年" + HAN + "月(?:" + HAN + "[日号])?", SCORE)
          .shape(YEAR + " ?年 ?\\d{1,2} ?月(?: ?\\d{1,2} ?[日号])?", SCORE)
          .shape(
              "(?i)[0-3]?\\d(?:st|nd|rd|th)?(?: of)?[- ](?:" + MONTHS + ")[.]?,?[- ]" + YEAR, SCORE)
          .shape("(?:" + titled() + ")[.]? [0-3]?\\d(?:st|nd|rd|th)?,? " + YEAR, SCORE);

  private DateOfBirth() {}

  /**
   * Months in any case, but with a capital at the front: small letters begin so many words that the
   * scan would be a tenth slower.
   */
  private static String titled() {
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < MONTHS.length(); i++) {
      char c = MONTHS.charAt(i);
      boolean small = c >= 'a' && c <= 'z';
      shape.append(small ? "[" + Character.toUpperCase(c) + c + "]" : String.valueOf(c));
    }
    return shape.toString();
  }

  private static Check check(Passage passage, int start, int end) {
    String text = passage.text(start, end);
    boolean timed = text.length() > DAY && text.charAt(4) == '-' && text.charAt(DAY) == 'T';
    Optional<LocalDate> date =
        DateTexts.read(timed ? text.substring(0, DAY) : text).map(DateTexts.Dated::date);
    return Check.passed(
        date.isPresent()
            && Dates.isBirth(
                date.get().getYear(), date.get().getMonthValue(), date.get().getDayOfMonth()));
  }
}
