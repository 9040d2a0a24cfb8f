package dev.quern.privacy.surrogate;

import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.Finding;
import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.Recognisers;
import dev.quern.privacy.transform.CharacterClasses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and codes: digits become digits and letters letters, separators stay. Where the
 * recognisers of the type confirm the code (by check digit, numbering plan or shape), codes are
 * drawn until they confirm the surrogate as well; where {@value #ATTEMPTS} draws give none (a
 * checksum over many bits), the format alone stays.
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

  private final KeyedDraws draws;
  private final Recognisers recognisers;
  private final Map<String, Detector> detectors = new HashMap<>();

  Codes(KeyedDraws draws, Recognisers recognisers) {
    this.draws = draws;
    this.recognisers = recognisers;
  }

  /**
   * Returns the surrogate of {@code value}.
   *
   * @param family types of one family (numbers of telephones) draw alike
   */
  String of(String type, String family, String value) {
    int[] code = value.codePoints().filter(Character::isLetterOrDigit).toArray();
    int country = family.equals("PHONE") ? country(value) : 0;
    String normal = Letters.normal(new String(code, country, code.length - country));
    int kept = Math.min(country + KEPT.getOrDefault(type, 0), code.length / 2);
    boolean isHex = type.equals("MAC_ADDRESS");
    @Nullable Finding original = confirmed(type, value);
    String first = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      draws.of(family, normal, attempt);
      int[] drawn = code.clone();
      for (int i = kept; i < code.length; i++) {
        drawn[i] = isHex ? hex(code[i]) : CharacterClasses.like(code[i], draws::below);
      }
      if (type.equals("IBAN")) {
        Iban.check(drawn);
      }
      String made = laidOut(value, drawn);
      if (made.equals(value) && code.length > kept) {
        continue;
      }
      if (original == null) {
        return made;
      }
      first = first.isEmpty() ? made : first;
      @Nullable Finding found = confirmed(type, made);
      if (found != null && (found.validated() || !original.validated())) {
        return made;
      }
    }
    return first;
  }

  private int hex(int point) {
    String digits = Character.isUpperCase(point) ? "0123456789ABCDEF" : "0123456789abcdef";
    return digits.charAt(draws.below(16));
  }

  /** Returns how many digits of a telephone number are its country code where it says so. */
  private static int country(String value) {
    String folded = Letters.normal(value);
    if (folded.startsWith("+86") || folded.startsWith("86 ")) {
      return 2;
    }
    if (folded.startsWith("0086")) {
      return 4;
    }
    return folded.startsWith("+1") ? 1 : folded.startsWith("+") ? 2 : 0;
  }

  private static String laidOut(String value, int[] code) {
    StringBuilder out = new StringBuilder(value.length());
    int next = 0;
    for (int at = 0; at < value.length(); ) {
      int point = value.codePointAt(at);
      at += Character.charCount(point);
      out.appendCodePoint(Character.isLetterOrDigit(point) ? code[next++] : point);
    }
    return out.toString();
  }

  /** Recognisers that guess by the words of a sentence confirm nothing that stands alone. */
  private Recognisers confirming(String type) {
    List<Recogniser> sure =
        recognisers.where(type::equals).all().stream().filter(one -> !one.givesWay()).toList();
    return new Recognisers(sure).where(type::equals);
  }

  /** Returns the finding of {@code type} that covers {@code value}, or null where there is none. */
  @Nullable Finding confirmed(String type, String value) {
    // The words around are missing here: what has the shape counts, however little that is.
    Detector detector =
        detectors.computeIfAbsent(type, t -> new Detector(confirming(t), Double.MIN_NORMAL));
    List<Finding> found = detector.find(value);
    int length = value.codePointCount(0, value.length());
    return found.size() == 1 && found.get(0).length() == length ? found.get(0) : null;
  }
}
