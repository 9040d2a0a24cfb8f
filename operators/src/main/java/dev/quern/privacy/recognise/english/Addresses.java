package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts the pieces of addresses together, which the tagger tells one by one: house number, street,
 * apartment, town, country, postcode. An address within a text is one stretch. In lines that begin
 * with the address, as on an envelope, below or behind the name of a person, and where there is but
 * a street and a town, the pieces stay.
 */
final class Addresses {
  private static final Set<String> UNITS =
      Set.of("apt", "suite", "unit", "apartment", "flat", "room", "floor");
  private static final Set<String> SHORT =
      Set.of("str", "st", "ave", "rd", "sq", "dr", "blvd", "ln", "ct", "pl", "hwy", "pkwy", "sts");
  private final Passage passage;
  private final Tokens tokens;

  /**
   * A stretch of tokens.
   *
   * @param type a position in {@link Tagger#TYPES}
   * @param from the first token
   * @param to one behind the last
   */
  record Stretch(int type, int from, int to) {
    static Stretch person(int from, int to) {
      return new Stretch(0, from, to);
    }

    boolean isPerson() {
      return type == 0;
    }

    boolean isFirm() {
      return type == 3;
    }

    boolean isTitle() {
      return type == 4;
    }

    boolean isAddress() {
      return type == 1;
    }

    boolean isPlace() {
      return type == 2;
    }

    /** A person, place, firm, title, nationality or faith. */
    boolean isName() {
      return isPerson() || isPlace() || isFirm() || isTitle() || type == 6;
    }

    boolean isPostcode() {
      return type == Tagger.TYPES.length - 1;
    }

    boolean mayBePart() {
      return isAddress() || isPlace() || isPostcode();
    }
  }

  Addresses(Passage passage, Tokens tokens) {
    this.passage = passage;
    this.tokens = tokens;
  }

  /** Returns the stretches with addresses in order. */
  List<Stretch> settled(List<Stretch> stretches) {
    List<Stretch> joined = withNumbers(withCorners(stretches));
    List<Stretch> settled = new ArrayList<>();
    int at = 0;
    while (at < joined.size()) {
      int end = at + 1;
      if (joined.get(at).isAddress()) {
        while (end < joined.size() && goesOn(joined.get(end - 1), joined.get(end))) {
          end++;
        }
      }
      List<Stretch> parts = joined.subList(at, end);
      if (isEnvelope(joined, at, parts) || isStreetAndTown(parts)) {
        parts.forEach(part -> settled.addAll(withHouse(part)));
      } else if (parts.size() == 1) {
        settled.add(parts.get(0));
      } else {
        settled.add(new Stretch(1, parts.get(0).from(), parts.get(parts.size() - 1).to()));
      }
      at = end;
    }
    settled.replaceAll(this::trimmed);
    return settled;
  }

  /** At most a comma and the end of a line stand between parts. */
  private boolean goesOn(Stretch earlier, Stretch later) {
    if (!later.mayBePart() || later.from() - earlier.to() > 2) {
      return false;
    }
    int lines = 0;
    int commas = 0;
    for (int i = earlier.to(); i < later.from(); i++) {
      lines += sign(i) == '\n' ? 1 : 0;
      commas += sign(i) == ',' ? 1 : 0;
    }
    return lines <= 1 && commas <= 1 && lines + commas == later.from() - earlier.to();
  }

  /**
   * Lines that begin with the address, or stand below or behind a person's name; commas between all
   * parts speak of one address.
   */
  private boolean isEnvelope(List<Stretch> stretches, int at, List<Stretch> parts) {
    int lines = 0;
    int commas = 0;
    for (int i = 1; i < parts.size(); i++) {
      int next = parts.get(i).from();
      for (int token = parts.get(i - 1).to(); token < next; token++) {
        lines += sign(token) == '\n' ? 1 : 0;
        commas += sign(token) == ',' ? sign(token - 1) == '\n' ? 2 : 1 : 0;
      }
    }
    return commas <= 1
        && (lines > 0 && isAtLineStart(parts.get(0).from())
            || (lines > 0 || parts.size() < 3) && isBelowPerson(stretches, at));
  }

  private boolean isAtLineStart(int token) {
    int before = token - 1;
    while (before >= 0 && sign(before) == '>') {
      before--;
    }
    return before < 0 || sign(before) == '\n';
  }

  private boolean isBelowPerson(List<Stretch> stretches, int at) {
    int before = stretches.get(at).from() - 1;
    while (before >= 0 && (sign(before) == '\n' || sign(before) == '>')) {
      before--;
    }
    return at > 0 && stretches.get(at - 1).isPerson() && stretches.get(at - 1).to() == before + 1;
  }

  private boolean isStreetAndTown(List<Stretch> parts) {
    int last = parts.size() - 1;
    return last > 0
        && parts.get(last).isPlace()
        && parts.get(last - 1).to() + 1 == parts.get(last).from()
        && sign(parts.get(last - 1).to()) == ','
        && parts.subList(0, last).stream().allMatch(part -> part.isAddress() && !isLong(part))
        && last <= 2;
  }

  /**
   * A number before a street that has its number already is a piece by itself, so is an apartment
   * before a street.
   */
  private List<Stretch> withHouse(Stretch part) {
    int from = part.from();
    int last = part.to() - 1;
    if (!part.isAddress() || last - from < 2) {
      return List.of(part);
    }
    int first = from;
    if (UNITS.contains(word(from))) {
      first += isPoint(from + 1) ? 2 : 1;
    } else if (!isNumber(from + 1) && !isNumber(isPoint(last) ? last - 1 : last)) {
      return List.of(part);
    }
    if (first >= last || !isNumber(first)) {
      return List.of(part);
    }
    List<Stretch> pieces = new ArrayList<>();
    pieces.add(new Stretch(1, from, first + 1));
    pieces.addAll(withHouse(new Stretch(1, first + 1, part.to())));
    return pieces;
  }

  private boolean isNumber(int token) {
    for (int at = tokens.starts[token]; at < tokens.ends[token]; at++) {
      if (passage.at(at) < '0' || passage.at(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private boolean isLong(Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (sign(i) == '\n' || sign(i) == ',') {
        return true;
      }
    }
    return false;
  }

  /** The corner of two streets is one stretch. */
  private List<Stretch> withCorners(List<Stretch> stretches) {
    List<Stretch> joined = new ArrayList<>();
    for (Stretch stretch : stretches) {
      Stretch last = joined.isEmpty() ? stretch : joined.get(joined.size() - 1);
      boolean more = last != stretch && isJoined(last, stretch);
      if (more && isCorner(last)) {
        joined.set(joined.size() - 1, new Stretch(1, last.from(), stretch.to()));
      } else if (more && isBehindCorner(last) && stretch.isAddress()) {
        joined.set(joined.size() - 1, new Stretch(1, last.from() - 3, stretch.to()));
      } else if (isBehindCorner(stretch) && isTwoRoads(stretch)) {
        joined.add(new Stretch(1, stretch.from() - 3, stretch.to()));
      } else {
        joined.add(stretch);
      }
    }
    return joined;
  }

  /** A number and the street behind it that has no number are one piece. */
  private List<Stretch> withNumbers(List<Stretch> stretches) {
    List<Stretch> joined = new ArrayList<>();
    for (Stretch stretch : stretches) {
      Stretch last = joined.isEmpty() ? stretch : joined.get(joined.size() - 1);
      if (last.isAddress()
          && last.to() == stretch.from()
          && last.to() - last.from() == 1
          && isNumber(last.from())
          && stretch.isAddress()
          && !hasNumber(stretch)
          && !UNITS.contains(word(stretch.from()))) {
        joined.set(joined.size() - 1, new Stretch(1, last.from(), stretch.to()));
      } else {
        joined.add(stretch);
      }
    }
    return joined;
  }

  private boolean hasNumber(Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (isNumber(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBehindCorner(Stretch stretch) {
    return stretch.isAddress() && stretch.from() >= 3 && isCorner(stretch.from() - 3);
  }

  private boolean isShort(int token) {
    return token < tokens.size && SHORT.contains(word(token));
  }

  private boolean isTwoRoads(Stretch stretch) {
    for (int i = stretch.from() + 1; i < stretch.to() - 1; i++) {
      if (word(i).equals("and")) {
        return true;
      }
    }
    return false;
  }

  private boolean isCorner(Stretch stretch) {
    return stretch.isAddress() && stretch.to() - stretch.from() >= 3 && isCorner(stretch.from());
  }

  private boolean isCorner(int token) {
    return word(token).equals("the")
        && word(token + 1).equals("corner")
        && word(token + 2).equals("of");
  }

  private boolean isJoined(Stretch earlier, Stretch later) {
    return earlier.to() + 1 == later.from() && word(earlier.to()).equals("and")
        || earlier.to() == later.from();
  }

  /**
   * Abbreviated kinds of road are part, with the point behind them; the end of a sentence is not.
   */
  private Stretch trimmed(Stretch stretch) {
    int from = stretch.from();
    int to = stretch.to();
    if (!stretch.isAddress()) {
      return stretch;
    }
    if (to - from > 1 && isShort(to) && !isShort(to - 1)) {
      to++;
    }
    if (isPoint(to) && isShort(to - 1) && !isEnd(to)) {
      to++;
    }
    boolean lineEnds = to < tokens.size && sign(to) == '\n';
    if (to - from > 2 && isPoint(to - 1) && !lineEnds && !isShort(to - 2)) {
      to--;
    }
    return new Stretch(stretch.type(), from, to);
  }

  private boolean isPoint(int token) {
    return token < tokens.size && sign(token) == '.';
  }

  /** The text ends behind the point, or another sentence begins. */
  private boolean isEnd(int point) {
    int next = point + 1;
    return next == tokens.size
        || sign(next) == '\n'
        || Character.isUpperCase(passage.at(tokens.starts[next]));
  }

  private char sign(int token) {
    return tokens.ends[token] - tokens.starts[token] == 1 ? passage.at(tokens.starts[token]) : 'x';
  }

  private String word(int token) {
    return passage.text(tokens.starts[token], tokens.ends[token]).toLowerCase(Locale.ROOT);
  }
}
