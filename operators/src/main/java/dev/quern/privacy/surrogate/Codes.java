package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.Confirmer;
import dev.quern.privacy.recognise.Confirmer.Confirmation;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.transform.CharacterClasses;
import java.util.Arrays;
import java.util.Map;

/**
 * Numbers and codes: digits become digits and letters letters, separators stay. Where the
 * recognisers of the type confirm the code (by check digit, numbering plan or shape), codes are
 * drawn until they confirm the surrogate as well; where {@value #ATTEMPTS} draws give none (a
 * checksum over many bits), the format alone stays. Most check digits come last: of what is drawn
 * the last character is tried in all its values before all are drawn anew.
 *
 * <p>The draws follow from letters and digits only, so one number has one surrogate however it is
 * grouped.
 */
final class Codes {
  private static final int ATTEMPTS = 2000;

  /** Characters at the start that tell of an issuer, a network or a country, not of a person. */
  private static final Map<String, Integer> KEPT =
      Map.ofEntries(
          Map.entry("CN_MOBILE", 3),
          Map.entry("CN_LANDLINE", 3),
          Map.entry("PHONE", 3),
          Map.entry("CN_BANK_CARD", 6),
          Map.entry("CREDIT_CARD", 4),
          Map.entry("IBAN", 2),
          Map.entry("CN_USCC", 2),
          Map.entry("CN_PLATE", 2),
          Map.entry("CN_PASSPORT", 1));

  /** Capital letters of types that do without some. */
  private static final Map<String, String> LETTERS =
      Map.of("CN_USCC", "ABCDEFGHJKLMNPQRTUWXY", "CN_PLATE", "ABCDEFGHJKLMNPQRSTUVWXYZ");

  private final KeyedDraws draws;
  private final Confirmer confirmer;

  Codes(KeyedDraws draws, Recognisers recognisers) {
    this.draws = draws;
    this.confirmer = new Confirmer(recognisers);
  }

  /**
   * Returns the surrogate of {@code value}.
   *
   * @param family types of one family (numbers of telephones) draw alike
   */
  String of(String type, String family, String value) {
    int[] written = written(value);
    int[] code = new int[written.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = folded(written[i]);
    }
    boolean isPhone = family.equals("PHONE");
    int country = isPhone ? country(value) : 0;
    String normal = Letters.normal(new String(code, country, code.length - country));
    int kept = Math.min(country + KEPT.getOrDefault(type, 0), code.length / 2);
    // What numbering plans tell apart stands in front, and some check characters are computed:
    // other last characters would not help.
    boolean isCheckedLast = !isPhone && !CheckCharacters.areComputed(type) && kept < code.length;
    Confirmation original = confirmer.of(type, value);
    String first = "";
    draws.of(family, normal);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int[] drawn = drawn(type, code, kept);
      int lasts = isCheckedLast ? values(drawn[code.length - 1]) : 1;
      for (int i = 0; i < lasts; i++) {
        if (i > 0) {
          drawn[code.length - 1] = next(drawn[code.length - 1]);
        }
        String made = laidOut(value, drawn, written);
        if (made.equals(value) && code.length > kept) {
          continue;
        }
        if (original.compareTo(Confirmation.SHAPE) < 0) {
          return made;
        }
        first = first.isEmpty() ? made : first;
        Confirmation found = confirmer.of(type, made);
        if (found.compareTo(original) >= 0) {
          return made;
        }
        if (found == Confirmation.NONE) {
          break;
        }
      }
    }
    return first;
  }

  private int[] drawn(String type, int[] code, int kept) {
    boolean isHex = type.equals("MAC_ADDRESS");
    String letters = LETTERS.getOrDefault(type, "");
    int[] drawn = code.clone();
    for (int i = kept; i < code.length; i++) {
      boolean isCapital = code[i] >= 'A' && code[i] <= 'Z';
      drawn[i] =
          isHex
              ? hex(code[i])
              : isCapital && !letters.isEmpty()
                  ? letters.charAt(draws.few(letters.length()))
                  : CharacterClasses.like(code[i], draws::few);
    }
    CheckCharacters.put(type, drawn);
    return drawn;
  }

  /** Returns how many values the place of {@code point} has, 1 where it is no check character. */
  private static int values(int point) {
    return isDigit(point) ? 10 : isLetter(point) ? 26 : 1;
  }

  /** Returns the value behind {@code point}; the first one comes behind the last. */
  private static int next(int point) {
    if (isDigit(point)) {
      return point == '9' ? '0' : point + 1;
    }
    return isLetter(point) ? point == 'z' ? 'a' : point == 'Z' ? 'A' : point + 1 : point;
  }

  private static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }

  private static boolean isLetter(int point) {
    return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z';
  }

  private int hex(int point) {
    String digits = Character.isUpperCase(point) ? "0123456789ABCDEF" : "0123456789abcdef";
    return digits.charAt(draws.few(16));
  }

  /** Returns how many digits of a telephone number are its country code where it says so. */
  private static int country(String value) {
    String folded = Letters.normal(value);
    if (folded.startsWith("+86") || folded.startsWith("86 ") || isChineseMobile(folded)) {
      return 2;
    }
    if (folded.startsWith("0086")) {
      return 4;
    }
    return folded.startsWith("+1") ? 1 : folded.startsWith("+") ? 2 : 0;
  }

  /** A mobile number behind 86 without a sign between, as numbers in tables are. */
  private static boolean isChineseMobile(String digits) {
    return digits.length() == 13
        && digits.startsWith("861")
        && digits.chars().allMatch(c -> isDigit(c));
  }

  /** Digits of any script and letters in full width are those of ASCII. */
  private static int folded(int point) {
    if (point >= 0xFF01 && point <= 0xFF5E) {
      return point - 0xFEE0;
    }
    return Character.isDigit(point) ? '0' + Character.digit(point, 10) : point;
  }

  /** Returns {@code point} in the script of {@code like}, which stands in its place. */
  private static int inScript(int point, int like) {
    if (like < 128 || point >= 128) {
      return point;
    }
    if (like >= 0xFF01 && like <= 0xFF5E) {
      return point + 0xFEE0;
    }
    return isDigit(point) && Character.isDigit(like)
        ? like - Character.digit(like, 10) + point - '0'
        : point;
  }

  /** Returns {@code code}, of ASCII, in the grouping and script of {@code value}. */
  static String laidOut(String value, String code) {
    return laidOut(value, code.codePoints().toArray(), written(value));
  }

  /** Returns the letters and digits of {@code value}. */
  private static int[] written(String value) {
    int[] written = new int[value.length()];
    int size = 0;
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      at += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        written[size++] = point;
      }
    }
    return Arrays.copyOf(written, size);
  }

  private static String laidOut(String value, int[] code, int[] written) {
    StringBuilder out = new StringBuilder(value.length());
    int next = 0;
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      at += Character.charCount(point);
      out.appendCodePoint(
          Character.isLetterOrDigit(point) ? inScript(code[next], written[next++]) : point);
    }
    return out.toString();
  }
}
