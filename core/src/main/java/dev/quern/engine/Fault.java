package dev.quern.engine;

import dev.quern.data.Slice;
import java.nio.charset.StandardCharsets;

/**
 * What is wrong with a value, told without the value.
 *
 * @param rule snake_case name, for example {@code not_a_number}
 * @param expected what must hold, for example {@code long}
 * @param length characters found, or bytes where it is no text
 * @param mask character classes of the first 24 characters: 9 digit, a lower, A upper, 文 other
 *     letter, _ space, punctuation as * (never the characters themselves)
 */
public record Fault(String rule, String expected, int length, String mask) {

  /** Returns the fault of {@code found}, which broke {@code rule}. */
  public static Fault of(String rule, String expected, Slice found) {
    return of(rule, expected, found.bytes, found.start, found.end);
  }

  /** Returns the fault of {@code bytes[start, end)}, which broke {@code rule}. */
  public static Fault of(String rule, String expected, byte[] bytes, int start, int end) {
    int shown = Math.min(end, start + 96);
    String text = new String(bytes, start, shown - start, StandardCharsets.UTF_8);
    return new Fault(rule, expected, end - start, mask(text));
  }

  /** Returns the fault of a value that cannot be shown even as a mask. */
  public static Fault of(String rule, String expected) {
    return new Fault(rule, expected, 0, "");
  }

  /** Returns the character classes of the first 24 characters of {@code text}. */
  public static String mask(String text) {
    StringBuilder mask = new StringBuilder();
    text.codePoints()
        .limit(24)
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                mask.append('9');
              } else if (Character.isUpperCase(c)) {
                mask.append('A');
              } else if (Character.isLowerCase(c)) {
                mask.append('a');
              } else if (Character.isLetter(c)) {
                mask.append('文');
              } else if (Character.isWhitespace(c)) {
                mask.append('_');
              } else {
                mask.append('*');
              }
            });
    return mask.toString();
  }

  @Override
  public String toString() {
    String found = length == 0 ? rule : length + " bytes, mask " + mask + " (" + rule + ")";
    return "must be " + expected + "; found: " + found;
  }
}
