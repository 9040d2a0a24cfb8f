package dev.quern.quality;

import dev.quern.data.Slice;
import dev.quern.statistics.TextCounts;
import java.nio.charset.StandardCharsets;

/**
 * The mask of a text: which kinds of characters follow each other, runs told once. Upper case
 * letters are {@code A}, lower case ones {@code a}, letters of scripts without case {@code 文},
 * digits {@code 9}, white space one space; other characters below U+0080 stand for themselves, all
 * others are {@code ?}. Of longer texts the first {@value #MOST} signs.
 */
final class Mask {
  /** Signs of a mask at most, so that few masks stand for many texts. */
  static final int MOST = 32;

  private Mask() {}

  /** Returns the mask of the UTF-8 text in {@code slice}. */
  static String of(Slice slice) {
    String text = new String(slice.bytes, slice.start, slice.length(), StandardCharsets.UTF_8);
    StringBuilder mask = new StringBuilder();
    for (int i = 0; i < text.length() && mask.length() < MOST; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      char sign = sign(c);
      if (mask.length() == 0 || mask.charAt(mask.length() - 1) != sign) {
        mask.append(sign);
      }
    }
    return mask.toString();
  }

  /** Returns how often the most frequent of {@code masks} occurred. */
  static long most(TextCounts masks) {
    long[] most = {0};
    masks.forEach((bytes, start, end, count) -> most[0] = Math.max(most[0], count));
    return most[0];
  }

  /** Returns the most frequent of {@code masks}, of ties the first in the order of bytes. */
  static String mostFrequent(TextCounts masks) {
    StringBuilder mask = new StringBuilder();
    masks.top(
        1,
        (bytes, start, end, count) ->
            mask.append(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
    return mask.toString();
  }

  private static char sign(int c) {
    if (Character.isDigit(c)) {
      return '9';
    }
    if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
      return 'A';
    }
    if (Character.isLowerCase(c)) {
      return 'a';
    }
    if (Character.isLetter(c)) {
      return '文';
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return ' ';
    }
    return c < 0x80 ? (char) c : '?';
  }
}
