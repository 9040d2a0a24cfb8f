package dev.quern.key;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The digits of texts that keep their format: code points and their numbers, 2 to 65,536 of them.
 */
public final class Alphabet {
  /** {@code 0} to {@code 9}. */
  public static final Alphabet DIGITS = of("0123456789");

  private final int[] points;
  private final Map<Integer, Integer> numbers = new HashMap<>();

  private Alphabet(int[] points) {
    this.points = points;
    for (int i = 0; i < points.length; i++) {
      numbers.put(points[i], i);
    }
  }

  /**
   * Returns the alphabet of the code points of {@code letters}, in that order.
   *
   * @throws IllegalArgumentException if there are not 2 to 65,536, or one comes twice
   */
  public static Alphabet of(String letters) {
    int[] points = letters.codePoints().toArray();
    long distinct = Arrays.stream(points).distinct().count();
    if (points.length < 2 || points.length > 1 << 16 || distinct < points.length) {
      throw new IllegalArgumentException("2 to 65536 different code points");
    }
    return new Alphabet(points);
  }

  /** Returns the number of digits. */
  public int radix() {
    return points.length;
  }

  /** Returns the smallest length whose texts are at least 10^6, as SP 800-38G asks for. */
  public int minLength() {
    int length = 1;
    for (double domain = radix(); domain < 1e6; domain *= radix()) {
      length++;
    }
    return Math.max(2, length);
  }

  /** Returns the numbers of the code points of {@code text}, null if one is none of these. */
  int @org.jspecify.annotations.Nullable [] numbers(String text) {
    int[] found = text.codePoints().toArray();
    for (int i = 0; i < found.length; i++) {
      Integer number = numbers.get(found[i]);
      if (number == null) {
        return null;
      }
      found[i] = number;
    }
    return found;
  }

  String text(int[] found) {
    StringBuilder text = new StringBuilder(found.length);
    for (int number : found) {
      text.appendCodePoint(points[number]);
    }
    return text.toString();
  }
}
