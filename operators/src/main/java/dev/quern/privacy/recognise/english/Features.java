package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.util.Arrays;

/**
 * What a token and its neighbours look like, as buckets of a table of weights: small letters, ends,
 * shapes (which say how the text uses capitals, too), lists that hold them, places within lines.
 * Reusable, for one thread.
 */
final class Features {
  /** Features of a token. */
  static final int COUNT = 34;

  private static final int EDGE = 3;

  /** Lists of the lexicon, one bit each: first names, surnames and towns; firms; ordinary words. */
  private static final int NAMES = 0b111;

  private static final int FIRST_NAMES = 1;
  private static final int FIRMS = 1 << 6;
  private static final int ORDINARY = 1 << 7;
  private final Lexicon lexicon;
  private long[] words = new long[64];
  private long[] shapes = new long[64];
  private long[] suffixes = new long[64];
  private long[] shortSuffixes = new long[64];
  private long[] prefixes = new long[64];
  private int[] lists = new int[64];

  /** Classes of meaning; where there is none the lists, below 0. */
  private int[] meanings = new int[64];

  /** Buckets of token i at [COUNT * i, COUNT * (i + 1)). */
  int[] buckets = new int[64 * COUNT];

  Features(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Computes the words of {@code tokens}; {@link #buckets} follow by {@link #combine}. */
  void look(Passage passage, Tokens tokens) {
    int size = tokens.size + 2 * EDGE;
    if (words.length < size) {
      words = new long[2 * size];
      shapes = new long[2 * size];
      suffixes = new long[2 * size];
      shortSuffixes = new long[2 * size];
      prefixes = new long[2 * size];
      lists = new int[2 * size];
      meanings = new int[2 * size];
      buckets = new int[2 * size * COUNT];
    }
    Arrays.fill(words, 0, EDGE, 7);
    Arrays.fill(shapes, 0, EDGE, 7);
    Arrays.fill(lists, 0, EDGE, 0);
    Arrays.fill(meanings, 0, EDGE, 99);
    Arrays.fill(words, tokens.size + EDGE, size, 9);
    Arrays.fill(shapes, tokens.size + EDGE, size, 9);
    Arrays.fill(lists, tokens.size + EDGE, size, 0);
    Arrays.fill(meanings, tokens.size + EDGE, size, 99);
    char[] chars = passage.chars();
    int habit = habit(chars, tokens);
    for (int i = 0; i < tokens.size; i++) {
      one(chars, tokens.starts[i], tokens.ends[i], i + EDGE, habit);
    }
  }

  /** How a text uses capitals: 0 as usual, 1 next to never, 2 with each word, 3 with most. */
  private static int habit(char[] chars, Tokens tokens) {
    int capitals = 0;
    int words = 0;
    for (int i = 0; i < tokens.size; i++) {
      char first = chars[tokens.starts[i]];
      boolean capital = Character.isUpperCase(first);
      capitals += capital ? 1 : 0;
      words += capital || Character.isLowerCase(first) ? 1 : 0;
    }
    if (capitals * 40 <= words) {
      return 1;
    }
    return capitals == words ? 2 : 3 * capitals > 2 * words ? 3 : 0;
  }

  private void one(char[] chars, int start, int end, int to, int habit) {
    long word = Tokens.hash("");
    long shape = word;
    int last = 0;
    int run = 0;
    boolean digits = true;
    long stem = word;
    long shortStem = word;
    for (int at = start; at < end; at++) {
      char c = chars[at];
      char small = c < 0x80 ? (char) (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c);
      digits &= c >= '0' && c <= '9';
      shortStem = stem;
      stem = word;
      word = Tokens.more(word, small);
      int kind = kind(c, small);
      run = kind == last ? run + 1 : 0;
      // Runs of letters count as two, runs of digits as they are: 4 digits are no 5 digits.
      if (run < 2 || kind == 'd' && run < 7) {
        shape = Tokens.more(shape, kind);
      }
      last = kind;
    }
    if (last == 'x' || last == 'X') {
      shape = Tokens.more(shape, habit);
    }
    words[to] = digits ? Tokens.more(shape, 99) : word == 0 ? 1 : word;
    shapes[to] = shape;
    suffixes[to] = tail(chars, Math.max(start, end - 3), end);
    shortSuffixes[to] = tail(chars, Math.max(start, end - 2), end);
    prefixes[to] = tail(chars, start, Math.min(end, start + 3)) + 5;
    lists[to] = digits ? 0 : lexicon.lists(word == 0 ? 1 : word);
    meanings[to] = digits ? 0 : meaning(word, stem, shortStem, lists[to]);
    if (digits && end - start <= 4) {
      suffixes[to] = tail(chars, start, Math.min(end, start + 2)) + end - start;
    }
  }

  /** The class of a word, or of the word without one or two letters at its end. */
  private int meaning(long word, long stem, long shortStem, int listed) {
    int found = lexicon.meaning(word);
    found = found == 0 ? lexicon.meaning(stem) : found;
    found = found == 0 ? lexicon.meaning(shortStem) : found;
    return found == 0 ? -1 - listed : found;
  }

  private static int kind(char c, char small) {
    if (c >= '0' && c <= '9') {
      return 'd';
    }
    if (!Character.isLetter(c)) {
      return c;
    }
    return c == small ? 'x' : 'X';
  }

  private static long tail(char[] chars, int start, int end) {
    long hash = 31;
    for (int at = start; at < end; at++) {
      hash = Tokens.more(hash, Character.toLowerCase(chars[at]));
    }
    return hash;
  }

  long word(int i) {
    return words[i + EDGE];
  }

  /** Whether token {@code i} of {@code length} is an ordinary English word. */
  boolean isOrdinary(int i, int length) {
    // Two letters less than a short word has are no word.
    return (lists[i + EDGE] & ORDINARY) != 0
        || (length > 3 ? meanings[i + EDGE] > 0 : lexicon.meaning(words[i + EDGE]) > 0);
  }

  /** Whether token {@code i} may be a name of somebody or of a town. */
  boolean isName(int i) {
    return (lists[i + EDGE] & NAMES) != 0;
  }

  boolean isFirstName(int i) {
    return (lists[i + EDGE] & FIRST_NAMES) != 0;
  }

  /** Whether token {@code i} stands in names of firms. */
  boolean isOfFirms(int i) {
    return (lists[i + EDGE] & FIRMS) != 0;
  }

  /** Forgets which word token {@code i} is: training does so to learn of words it has not seen. */
  void forget(int i, long drawn) {
    words[i + EDGE] = drawn;
    lists[i + EDGE] = 0;
    meanings[i + EDGE] = -1;
  }

  /** Fills {@link #buckets}. */
  void combine(Tokens tokens, int bits) {
    int mask = (1 << bits) - 1;
    int line = 0;
    int numbers = 9;
    for (int i = 0; i < tokens.size; i++) {
      int at = i + EDGE;
      long before = words[at - 1];
      long word = words[at];
      long after = words[at + 1];
      int list = lists[at];
      int to = i * COUNT;
      int feature = 0;
      buckets[to++] = bucket(feature++, word, 0, mask);
      buckets[to++] = bucket(feature++, before, 0, mask);
      buckets[to++] = bucket(feature++, after, 0, mask);
      buckets[to++] = bucket(feature++, words[at - 2], 0, mask);
      buckets[to++] = bucket(feature++, words[at + 2], 0, mask);
      buckets[to++] = bucket(feature++, before, word, mask);
      buckets[to++] = bucket(feature++, word, after, mask);
      buckets[to++] = bucket(feature++, words[at - 2], before, mask);
      buckets[to++] = bucket(feature++, after, words[at + 2], mask);
      buckets[to++] = bucket(feature++, suffixes[at], 0, mask);
      buckets[to++] = bucket(feature++, shortSuffixes[at], shapes[at], mask);
      buckets[to++] = bucket(feature++, prefixes[at], 0, mask);
      buckets[to++] = bucket(feature++, shapes[at], 0, mask);
      buckets[to++] = bucket(feature++, shapes[at - 1], shapes[at], mask);
      buckets[to++] = bucket(feature++, shapes[at], shapes[at + 1], mask);
      buckets[to++] = bucket(feature++, shapes[at - 1] * 31 + shapes[at], shapes[at + 1], mask);
      buckets[to++] = bucket(feature++, list, shapes[at], mask);
      buckets[to++] = bucket(feature++, lists[at - 1], list, mask);
      buckets[to++] = bucket(feature++, list, lists[at + 1], mask);
      buckets[to++] = bucket(feature++, lists[at - 1] * 1031L + list, lists[at + 1], mask);
      buckets[to++] = bucket(feature++, before, list * 1031L + shapes[at], mask);
      buckets[to++] = bucket(feature++, after, list * 1031L + shapes[at], mask);
      buckets[to++] = bucket(feature++, before * 31 + words[at - 2], shapes[at], mask);
      buckets[to++] = bucket(feature++, after * 31 + words[at + 2], shapes[at], mask);
      buckets[to++] = bucket(feature++, Math.min(line, 4) * 3L + tokens.gaps[i], shapes[at], mask);
      buckets[to++] = bucket(feature++, Math.min(numbers, 9), shapes[at], mask);
      buckets[to++] = bucket(feature++, words[at - 3], shapes[at], mask);
      buckets[to++] = bucket(feature++, words[at + 3], shapes[at], mask);
      buckets[to++] = bucket(feature++, Math.min(line, 3) * 3L + tokens.gaps[i], before, mask);
      buckets[to++] = bucket(feature++, suffixes[at - 1], suffixes[at], mask);
      int meaning = meanings[at];
      buckets[to++] = bucket(feature++, meanings[at - 1], meaning * 1031L + shapes[at], mask);
      buckets[to++] = bucket(feature++, meanings[at + 1], meaning * 1031L + shapes[at], mask);
      buckets[to++] =
          bucket(feature++, meanings[at - 2] * 1031L + meanings[at - 1], shapes[at], mask);
      buckets[to] = bucket(feature, meanings[at + 2] * 1031L + meanings[at + 1], shapes[at], mask);
      boolean ends = tokens.ends[i] - tokens.starts[i] == 1 && shapes[at] == LINE_END;
      line = ends ? 0 : line + 1;
      numbers = isNumber(shapes[at]) ? 0 : numbers + 1;
    }
  }

  private static final long LINE_END = Tokens.more(Tokens.hash(""), '\n');
  private static final long[] NUMBERS = numbers();

  private static boolean isNumber(long shape) {
    for (long number : NUMBERS) {
      if (number == shape) {
        return true;
      }
    }
    return false;
  }

  private static long[] numbers() {
    long[] numbers = new long[6];
    long hash = Tokens.hash("");
    for (int i = 0; i < numbers.length; i++) {
      hash = Tokens.more(hash, 'd');
      numbers[i] = hash;
    }
    return numbers;
  }

  private static int bucket(int feature, long one, long other, int mask) {
    long hash = (one * 0x9E3779B97F4A7C15L ^ other) * 0xC2B2AE3D27D4EB4FL + feature;
    hash = (hash ^ hash >>> 31) * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 35) & mask;
  }
}
