package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts the pieces of addresses together, which the tagger tells one by one: house number, street,
 * apartment, town, country, postcode. An address within a text is one stretch. Below or behind the
 * name of a person, as on an envelope, and where there is but a street and a town, the pieces stay.
 */
final class Addresses {
  private static final Set<String> SHORT = Set.of("str", "st", "ave", "rd", "sq", "dr", "blvd");
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
    boolean isPerson() {
      return type == 0;
    }

    boolean isAddress() {
      return type == 1;
    }

    boolean isPlace() {
      return type == 2;
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
    List<Stretch> joined = withCorners(stretches);
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
      if (isEnvelope(joined, at) || isStreetAndTown(parts)) {
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

  private boolean isEnvelope(List<Stretch> stretches, int at) {
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

  /** A number before a street that has its number already is a piece by itself. */
  private List<Stretch> withHouse(Stretch part) {
    int from = part.from();
    boolean two =
        part.isAddress()
            && part.to() - from > 2
            && isNumber(from)
            && (isNumber(from + 1) || isNumber(part.to() - (sign(part.to() - 1) == '.' ? 2 : 1)));
    return two
        ? List.of(new Stretch(1, from, from + 1), new Stretch(1, from + 1, part.to()))
        : List.of(part);
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
      } else if (more && isBehindCorner(last) && stretch.isAddress() && !isShort(stretch.to())) {
        joined.set(joined.size() - 1, new Stretch(1, last.from() - 3, stretch.to()));
      } else if (isBehindCorner(stretch) && isTwoRoads(stretch)) {
        joined.add(new Stretch(1, stretch.from() - 3, stretch.to()));
      } else {
        joined.add(stretch);
      }
    }
    return joined;
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

  /** The end of a sentence is no part, nor is what leads to a corner that is not told. */
  private Stretch trimmed(Stretch stretch) {
    int from = stretch.from();
    int to = stretch.to();
    boolean lineEnds = to < tokens.size && sign(to) == '\n';
    if (stretch.isAddress()
        && to - from > 2
        && sign(to - 1) == '.'
        && !lineEnds
        && !SHORT.contains(word(to - 2))) {
      to--;
    }
    if (isShort(to) && to - from > 3 && isCorner(stretch)) {
      from += 3;
    }
    return new Stretch(stretch.type(), from, to);
  }

  private char sign(int token) {
    return tokens.ends[token] - tokens.starts[token] == 1 ? passage.at(tokens.starts[token]) : 'x';
  }

  private String word(int token) {
    return passage.text(tokens.starts[token], tokens.ends[token]).toLowerCase(Locale.ROOT);
  }
}
