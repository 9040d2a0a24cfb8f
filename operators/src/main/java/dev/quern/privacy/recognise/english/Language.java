package dev.quern.privacy.recognise.english;

import java.util.Arrays;
import java.util.List;

/**
 * Whether a text is English: of its words in small letters most are known, and of many words some
 * are those that English cannot do without. Few words tell nothing, nor do names.
 */
final class Language {
  /** Words that any English text of some length holds. */
  private static final long[] FREQUENT =
      List.of(
              "the", "of", "and", "to", "in", "is", "a", "my", "for", "on", "at", "was", "with",
              "are", "i", "you", "it", "that", "this", "have", "be", "by", "from", "as", "not",
              "or", "an")
          .stream()
          .mapToLong(Tokens::hash)
          .sorted()
          .toArray();

  private static final int FEW_WORDS = 6;
  private static final int MANY_WORDS = 12;

  private Language() {}

  /** Whether the text that {@code features} has looked at is of another language. */
  static boolean isOther(char[] chars, Tokens tokens, Features features) {
    int latin = 0;
    int others = 0;
    int known = 0;
    int frequent = 0;
    for (int i = 0; i < tokens.size; i++) {
      char first = chars[tokens.starts[i]];
      if (first >= 0x370) {
        others++;
      } else if (Character.isLowerCase(first)) {
        boolean isKnown = features.isOrdinary(i, tokens.ends[i] - tokens.starts[i]);
        latin += isKnown || !features.isName(i) ? 1 : 0;
        known += isKnown ? 1 : 0;
        frequent += isKnown && Arrays.binarySearch(FREQUENT, features.word(i)) >= 0 ? 1 : 0;
      }
    }
    int words = latin + others;
    if (words < MANY_WORDS) {
      return latin >= FEW_WORDS && 5 * known < latin;
    }
    return 5 * known < 2 * words || 12 * frequent < words;
  }
}
