package dev.quern.privacy.recognise;

import java.util.Locale;

/** How a number hangs together with what stands before and behind it. */
enum Seam {
  /** It stands by itself. */
  NONE,
  /** Another number is joined by an underscore, as in names of files: only checked ones count. */
  UNDERSCORE,
  /**
   * Letters stand right before it: only long numbers that a check confirms count, and checked ones
   * behind a word that speaks for them, as in tel13800138000.
   */
  LETTERS,
  /**
   * Another number is joined by a point or hyphen, as in 3.14 and 12-34: only long numbers that a
   * check confirms count.
   */
  NUMBER;

  /** Fewer letters and digits than this pass a check by chance where a decimal goes on. */
  private static final int LONG = 16;

  /** Returns what joins the number at {@code start}, in a word from {@code word} on, to others. */
  static Seam before(Passage passage, int word, int start) {
    if (word < start) {
      return isEscape(passage, word, start) ? NONE : LETTERS;
    }
    return isDigit(passage.at(start - 2)) ? of(passage.at(start - 1)) : NONE;
  }

  /** Returns what joins the number that ends before {@code end} to what follows. */
  static Seam behind(Passage passage, int end) {
    return isDigit(passage.at(end + 1)) ? of(passage.at(end)) : NONE;
  }

  private static Seam of(char joint) {
    return switch (joint) {
      case '_' -> UNDERSCORE;
      case '.', '-' -> NUMBER;
      default -> NONE;
    };
  }

  /** A text within another one writes lines and tabs as a backslash and a letter. */
  private static boolean isEscape(Passage passage, int word, int start) {
    return start - word == 1
        && passage.at(word - 1) == '\\'
        && "nrt".indexOf(passage.at(word)) >= 0;
  }

  /** Returns the stricter one of both. */
  Seam with(Seam other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns whether a number between two places may count at all: spares a look at it. */
  boolean mayHold(int start, int end) {
    return this != NUMBER || end - start >= LONG;
  }

  /** Returns whether a number between two places counts that {@code check} was said of. */
  boolean takes(NumberPattern pattern, Check check, Passage passage, int start, int end) {
    return switch (this) {
      case NONE -> true;
      case UNDERSCORE -> check != Check.POSSIBLE;
      case LETTERS -> isSure(check, start, end) || speaks(pattern, check, passage, start);
      case NUMBER -> isSure(check, start, end);
    };
  }

  private static boolean isSure(Check check, int start, int end) {
    return check == Check.VALID && end - start >= LONG;
  }

  private static boolean speaks(NumberPattern pattern, Check check, Passage passage, int start) {
    int word = start;
    while (Passage.isAlphanumeric(passage.at(word - 1))) {
      word--;
    }
    String letters = passage.text(word, start).toLowerCase(Locale.ROOT);
    return check != Check.POSSIBLE && pattern.context().words().contains(letters);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
