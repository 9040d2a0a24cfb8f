package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words around a finding that speak for it or against it, in small letters. Words of Latin letters
 * count within 5 words before and 10 characters after as whole words, words of Han characters and
 * of Thai, which stand without space between them, within 10 or 30 characters before and 6 after.
 * Counter-words stand before, with no digit between.
 *
 * @param words what raises the score
 * @param counterWords what lowers it
 * @param fields what raises it where the name of the field holds it, beside the words
 */
public record Context(List<String> words, List<String> counterWords, List<String> fields) {
  /** No words. */
  public static final Context NONE = new Context(List.of(), List.of(), List.of());

  /** What a word adds or takes. */
  static final double WEIGHT = 0.35;

  /** The least score of a finding beside one of its words. */
  static final double FLOOR = 0.4;

  private static final int TOKENS = 5;
  private static final int REACH = 80;
  private static final int HAN_BEFORE = 10;

  /** Words of letters without spaces between them are longer. */
  private static final int UNSPACED_BEFORE = 30;

  private static final int HAN_AFTER = 6;
  private static final int ORDER_REACH = 24;

  /** Words like office and fax often follow. */
  private static final int AFTER = 10;

  /** Numbers of orders, parcels and tickets look like many others. */
  private static final List<String> ORDERS =
      List.of(
          "订单",
          "单号",
          "流水",
          "物流编号",
          "条码",
          "编号",
          "order no",
          "order number",
          "order id",
          "tracking no",
          "tracking number",
          "serial no",
          "serial number",
          "invoice no",
          "ticket no");

  /** Copies the lists. */
  public Context {
    words = List.copyOf(words);
    counterWords = List.copyOf(counterWords);
    fields = List.copyOf(fields);
  }

  /** Returns the context of such lists in any case. */
  public static Context of(List<String> words, List<String> counterWords, List<String> fields) {
    List<String> spaced =
        small(fields).stream()
            .map(name -> isUnspaced(name) ? name : name.replace('_', ' ').replace('-', ' '))
            .toList();
    return new Context(small(words), small(counterWords), spaced);
  }

  private static List<String> small(List<String> words) {
    return words.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** Returns the context of {@code words}, separated by commas, against which orders speak. */
  public static Context of(String words) {
    List<String> list = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      list.add(word.strip().toLowerCase(Locale.ROOT));
    }
    return new Context(list, ORDERS, List.of());
  }

  /** Returns the score of the finding between two places, whose base score is {@code score}. */
  double score(Passage passage, int start, int end, double score) {
    double judged = score;
    if (supports(passage, start, end)) {
      judged = Math.max(FLOOR, judged + WEIGHT);
    }
    if (isCountered(passage, start)) {
      judged -= WEIGHT;
    }
    return Math.max(0, Math.min(1, judged));
  }

  /** Returns whether one of {@link #words} stands near. */
  public boolean supports(Passage passage, int start, int end) {
    return passage.speaksBefore(this, start) || isAfter(passage, end);
  }

  /** Returns whether the name of a field speaks for what stands in it. */
  boolean isNamed(FieldName field) {
    return isNamed(field, words) || isNamed(field, fields);
  }

  private static boolean isUnspaced(String word) {
    char first = word.charAt(0);
    return first >= 0x3000 || first >= 0x0E00 && first < 0x0F00;
  }

  private static int before(String word) {
    return word.charAt(0) < 0x3000 ? UNSPACED_BEFORE : HAN_BEFORE;
  }

  private static boolean isNamed(FieldName field, List<String> words) {
    if (field.isEmpty()) {
      return false;
    }
    for (String word : words) {
      if (isUnspaced(word) ? field.holds(word) : field.says(word)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a counter-word stands before and no word that supports is near. */
  boolean isAgainst(Passage passage, int start, int end) {
    return isCountered(passage, start) && !supports(passage, start, end);
  }

  /** Returns whether a word that supports is near and no counter-word stands before. */
  boolean isFor(Passage passage, int start, int end) {
    return supports(passage, start, end) && !isCountered(passage, start);
  }

  /** A counter-word counts for the number it stands before, not for those that follow. */
  private boolean isCountered(Passage passage, int start) {
    int from = start;
    while (from > 0 && start - from < ORDER_REACH && !isDigit(passage.at(from - 1))) {
      from--;
    }
    for (String word : counterWords) {
      boolean han = isUnspaced(word);
      int before = Math.max(from, start - before(word));
      if (han ? within(passage, word, before, start) : wordWithin(passage, word, from, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether a word stands before {@code start} or in the name of the field. */
  boolean isBefore(Passage passage, int start) {
    int from = words.isEmpty() ? start : windowStart(passage, start);
    for (String word : words) {
      boolean before =
          isUnspaced(word)
              ? within(passage, word, start - before(word), start)
              : wordWithin(passage, word, from, start);
      if (before) {
        return true;
      }
    }
    return isNamed(passage.fieldName());
  }

  private boolean isAfter(Passage passage, int end) {
    int last = Math.min(passage.length(), end + AFTER);
    for (String word : words) {
      boolean after =
          isUnspaced(word)
              ? within(passage, word, end, end + HAN_AFTER)
              : wordWithin(passage, word, end, last);
      if (after) {
        return true;
      }
    }
    return false;
  }

  private static int windowStart(Passage passage, int start) {
    int tokens = 0;
    int at = start;
    while (at > 0 && start - at < REACH && tokens <= TOKENS) {
      at--;
      boolean begins =
          Passage.isAlphanumeric(passage.at(at)) && !Passage.isAlphanumeric(passage.at(at - 1));
      if (begins && ++tokens == TOKENS) {
        return at;
      }
    }
    return at;
  }

  private static boolean within(Passage passage, String word, int from, int to) {
    char[] small = passage.small();
    char first = word.charAt(0);
    int last = Math.min(to, passage.length()) - word.length();
    for (int at = Math.max(0, from); at <= last; at++) {
      if (small[at] == first && matches(small, word, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wordWithin(Passage passage, String word, int from, int to) {
    char[] small = passage.small();
    char first = word.charAt(0);
    int last = to - word.length();
    for (int at = from; at <= last; at++) {
      if (small[at] == first
          && matches(small, word, at)
          && !Character.isLetterOrDigit(passage.at(at - 1))
          && !isLatin(passage.at(at + word.length()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLatin(char c) {
    return Character.isLetter(c) && !Passage.isHan(c);
  }

  private static boolean matches(char[] small, String word, int at) {
    for (int i = 1; i < word.length(); i++) {
      if (small[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
