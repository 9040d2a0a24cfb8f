package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.util.Arrays;

/**
 * The words, numbers and signs of a text: runs of letters and digits, each other character but
 * white space by itself, line ends too. Reusable, for one thread.
 */
final class Tokens {
  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;

  int[] starts = new int[64];
  int[] ends = new int[64];

  /** White space before: 0, 1 or 2 for more. */
  byte[] gaps = new byte[64];

  int size;

  /** Returns the hash of a text, as tokens have it of their small letters. */
  static long hash(String text) {
    long hash = BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash == 0 ? 1 : hash;
  }

  static long more(long hash, int value) {
    return (hash ^ value) * PRIME;
  }

  void of(Passage passage) {
    char[] chars = passage.chars();
    int length = passage.length();
    size = 0;
    int at = 0;
    int gap = 0;
    while (at < length) {
      char c = chars[at];
      int start = at++;
      if (isWord(c)) {
        while (at < length && isWord(chars[at])) {
          at++;
        }
      } else if (c != '\n' && (c <= ' ' || Character.isWhitespace(c))) {
        gap++;
        continue;
      }
      put(start, at, gap);
      gap = 0;
    }
  }

  private void put(int start, int end, int gap) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      gaps = Arrays.copyOf(gaps, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    gaps[size++] = (byte) Math.min(2, gap);
  }

  private static boolean isWord(char c) {
    return c < 0x80 ? Passage.isAlphanumeric(c) : Character.isLetterOrDigit(c);
  }
}
