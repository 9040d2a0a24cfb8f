package dev.quern.privacy.recognise;

import java.util.List;
import java.util.Locale;

/**
 * The name of a field as words: parted by signs ({@code birth_date}, {@code birth-date}) or by
 * capitals ({@code birthDate}, {@code patientSSN}).
 */
final class FieldName {
  /** Nobody's name. */
  static final FieldName NONE = new FieldName("");

  /** What may follow a word without a sign between: phonenumber, phones. */
  private static final List<String> ENDINGS = List.of("", "s", "number", "num", "no", "nr", "nbr");

  private final String small;
  private final String signed;
  private final String spaced;

  /** Reads the name of a field, in any case. */
  FieldName(String name) {
    this.small = name.toLowerCase(Locale.ROOT);
    this.signed = parted(small);
    this.spaced = parted(ofCapitals(name)).toLowerCase(Locale.ROOT);
  }

  private static String parted(String name) {
    return name.replace('_', ' ').replace('-', ' ');
  }

  /** A capital begins a word behind a small letter or digit, and before a small letter. */
  private static String ofCapitals(String name) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int at = 0; at < name.length(); at++) {
      boolean isCapital = Character.isUpperCase(name.charAt(at));
      boolean behindSmall = at > 0 && !Character.isUpperCase(name.charAt(at - 1));
      boolean beforeSmall = at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
      if (isCapital && at > 0 && (behindSmall || beforeSmall)) {
        out.append(' ');
      }
      out.append(name.charAt(at));
    }
    return out.toString();
  }

  /** Returns the name in small letters. */
  String small() {
    return small;
  }

  /** Returns whether there is none. */
  boolean isEmpty() {
    return small.isEmpty();
  }

  /** Returns whether {@code word}, of characters written without spaces, stands in it. */
  boolean holds(String word) {
    return small.contains(word);
  }

  /** Returns whether {@code word}, one or some in small letters with spaces, is among its words. */
  boolean says(String word) {
    return says(signed, word) || says(spaced, word);
  }

  private static boolean says(String name, String word) {
    int at = name.indexOf(word);
    while (at >= 0) {
      boolean begins = at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
      if (begins && ends(name, at + word.length())) {
        return true;
      }
      at = name.indexOf(word, at + 1);
    }
    return false;
  }

  private static boolean ends(String name, int from) {
    int to = from;
    while (to < name.length() && Character.isLetter(name.charAt(to))) {
      to++;
    }
    return ENDINGS.contains(name.substring(from, to));
  }
}
