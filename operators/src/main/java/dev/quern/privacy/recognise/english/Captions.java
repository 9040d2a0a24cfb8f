package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.english.Addresses.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Words in front of numbers, such as SSN, IBAN and NHS number, are nobody's name: they are taken
 * out of stretches that were told as names. Those that are also names or words count in capitals
 * and before a number of at least {@value #LEAST_DIGITS} digits, or a long code of letters and
 * digits, alone.
 */
final class Captions {
  /** Words that are nothing else. */
  private static final Set<String> SURE =
      Set.of(
          "ssn", "itin", "npi", "iban", "bban", "dni", "nie", "nif", "cpf", "cnpj", "mbi", "dob",
          "mrn", "imei", "nino", "tfn", "bsn", "curp", "pesel", "cvv", "cvc", "nric", "iccid");

  private static final Set<String> IN_CAPITALS =
      Set.of(
          "sin", "nhs", "tin", "pan", "vin", "ein", "pin", "abn", "aba", "uen", "fin", "rfc", "mac",
          "ip", "id", "dl", "vat", "swift", "bic");

  /** What may stand between the word and the number. */
  private static final Set<String> BETWEEN =
      Set.of(
          "number", "numbers", "no", "nr", "num", "code", "card", "account", "id", "is", "was", ":",
          "#", ".", "=", "-", "(", ")", "/", "|", ">", "\"", "'", "\n");

  private static final int LONGEST = 7;
  private static final int MOST_BETWEEN = 4;
  private static final int LEAST_DIGITS = 5;

  /** Letters and digits without space between, among them digits. */
  private static final int LEAST_CODE = 8;

  private static final int REACH = 24;

  private final Passage passage;
  private final Tokens tokens;

  Captions(Passage passage, Tokens tokens) {
    this.passage = passage;
    this.tokens = tokens;
  }

  /** Returns what is left of {@code stretches} without such words. */
  List<Stretch> leftOut(List<Stretch> stretches) {
    List<Stretch> left = new ArrayList<>(stretches.size());
    for (Stretch one : stretches) {
      if (one.isName() && hasCaption(one)) {
        addAround(one, left);
      } else {
        left.add(one);
      }
    }
    return left;
  }

  private boolean hasCaption(Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (isCaption(i, stretch)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the parts before, between and behind captions that hold a word. */
  private void addAround(Stretch stretch, List<Stretch> left) {
    int from = stretch.from();
    int at = from;
    while (at < stretch.to()) {
      if (isCaption(at, stretch)) {
        add(new Stretch(stretch.type(), from, at), left);
        at++;
        while (at < stretch.to() && (BETWEEN.contains(word(at)) || !isWord(at))) {
          at++;
        }
        from = at;
      } else {
        at++;
      }
    }
    add(new Stretch(stretch.type(), from, stretch.to()), left);
  }

  private void add(Stretch part, List<Stretch> left) {
    int to = part.to();
    while (to > part.from() && !isWord(to - 1)) {
      to--;
    }
    if (to > part.from()) {
      left.add(new Stretch(part.type(), part.from(), to));
    }
  }

  private boolean isCaption(int token, Stretch stretch) {
    int length = tokens.ends[token] - tokens.starts[token];
    if (length < 2 || length > LONGEST) {
      return false;
    }
    String written = passage.text(tokens.starts[token], tokens.ends[token]);
    String word = written.toLowerCase(Locale.ROOT);
    boolean sure = SURE.contains(word);
    boolean capitals = written.equals(written.toUpperCase(Locale.ROOT));
    if (!sure && !(capitals && IN_CAPITALS.contains(word))) {
      return false;
    }
    return sure && capitals && isAllOf(token, stretch) || isMark(token) || isBeforeNumber(token);
  }

  /** Nothing but the word and what stands behind such words. */
  private boolean isAllOf(int token, Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (i != token && !BETWEEN.contains(word(i))) {
        return false;
      }
    }
    return true;
  }

  /** The end of an element: {@code </SIN>}. */
  private boolean isMark(int token) {
    return token > 1 && word(token - 1).equals("/") && word(token - 2).equals("<");
  }

  private boolean isBeforeNumber(int token) {
    int next = token + 1;
    while (next < tokens.size && next - token <= MOST_BETWEEN && BETWEEN.contains(word(next))) {
      next++;
    }
    if (next == tokens.size) {
      return false;
    }
    int first = tokens.starts[next];
    int digits = 0;
    int at = first;
    int end = Math.min(passage.length(), first + REACH);
    while (at < end && isOfNumber(passage.at(at))) {
      digits += isDigit(passage.at(at)) ? 1 : 0;
      at++;
    }
    return digits >= LEAST_DIGITS || digits > 1 && tokens.ends[next] - first >= LEAST_CODE;
  }

  private static boolean isOfNumber(char c) {
    return isDigit(c) || c >= 'A' && c <= 'Z' || " -./".indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isWord(int token) {
    for (int at = tokens.starts[token]; at < tokens.ends[token]; at++) {
      if (isDigit(passage.at(at))) {
        return false;
      }
    }
    return Character.isLetter(passage.at(tokens.starts[token]));
  }

  private String word(int token) {
    return passage.text(tokens.starts[token], tokens.ends[token]).toLowerCase(Locale.ROOT);
  }
}
