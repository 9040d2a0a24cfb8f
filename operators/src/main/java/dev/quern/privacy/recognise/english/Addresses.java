package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Puts the pieces of addresses in order, which the tagger sees through a window of few words: lines
 * of one address become one, a house number, a street and an apartment one after the other three.
 */
final class Addresses {
  private static final Set<String> UNITS = Set.of("apt", "suite", "unit", "apartment", "flat");
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
    boolean isAddress() {
      return type == 1;
    }
  }

  Addresses(Passage passage, Tokens tokens) {
    this.passage = passage;
    this.tokens = tokens;
  }

  /** Returns the stretches with addresses in order. */
  List<Stretch> settled(List<Stretch> stretches) {
    List<Stretch> settled = new ArrayList<>();
    for (Stretch stretch : stretches) {
      int last = settled.size() - 1;
      if (!stretch.isAddress()) {
        boolean corner =
            last >= 0 && isCorner(settled.get(last)) && isJoined(settled.get(last), stretch);
        if (corner) {
          settled.set(last, new Stretch(1, settled.get(last).from(), stretch.to()));
        } else {
          settled.add(stretch);
        }
      } else if (last >= 0 && belongs(settled.get(last), stretch)) {
        settled.set(last, joined(settled, stretch));
      } else {
        settled.addAll(parts(stretch, last >= 0 && isNumberBefore(settled.get(last), stretch)));
      }
    }
    settled.replaceAll(this::trimmed);
    return settled;
  }

  /** Lines or commas within the later piece tell that it is the rest of the earlier one. */
  private boolean belongs(Stretch earlier, Stretch later) {
    if (!earlier.isAddress()) {
      return false;
    }
    if (isCorner(earlier) && isJoined(earlier, later)) {
      return true;
    }
    return onlyLines(earlier.to(), later.from()) && (isLong(later) || unitWithin(later));
  }

  private Stretch joined(List<Stretch> settled, Stretch later) {
    int last = settled.size() - 1;
    int from = settled.get(last).from();
    while (last > 0
        && settled.get(last - 1).isAddress()
        && onlyLines(settled.get(last - 1).to(), from)) {
      from = settled.get(last - 1).from();
      settled.remove(last);
      last--;
    }
    return new Stretch(1, from, later.to());
  }

  private boolean isLong(Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (sign(i) == '\n' || sign(i) == ',') {
        return true;
      }
    }
    return false;
  }

  private boolean unitWithin(Stretch stretch) {
    int unit = unit(stretch);
    return unit > stretch.from() && unitEnd(unit, stretch) < stretch.to();
  }

  private int unit(Stretch stretch) {
    for (int i = stretch.from(); i < stretch.to(); i++) {
      if (UNITS.contains(word(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Returns one behind the number of the apartment whose word stands at {@code unit}. */
  private int unitEnd(int unit, Stretch stretch) {
    int end = unit + 1;
    end += end < stretch.to() && sign(end) == '.' ? 1 : 0;
    return Math.min(stretch.to(), end + 1);
  }

  private boolean isNumberBefore(Stretch earlier, Stretch later) {
    return earlier.isAddress()
        && earlier.to() == later.from()
        && earlier.to() - earlier.from() == 1
        && isNumber(earlier.from());
  }

  private List<Stretch> parts(Stretch stretch, boolean behindNumber) {
    int unit = unit(stretch);
    if (unit == stretch.from() && !isLong(stretch)) {
      int end = unitEnd(unit, stretch);
      if (end + 1 < stretch.to() && isNumber(end)) {
        return List.of(
            new Stretch(1, unit, end),
            new Stretch(1, end, end + 1),
            new Stretch(1, end + 1, stretch.to()));
      }
    }
    if (behindNumber && unit > stretch.from() && unitEnd(unit, stretch) == stretch.to()) {
      return List.of(new Stretch(1, stretch.from(), unit), new Stretch(1, unit, stretch.to()));
    }
    return List.of(stretch);
  }

  /** The end of a sentence is no part, nor is what leads to a corner that is not told. */
  private Stretch trimmed(Stretch stretch) {
    int from = stretch.from();
    int to = stretch.to();
    if (stretch.isAddress()
        && to - from > 2
        && sign(to - 1) == '.'
        && !SHORT.contains(word(to - 2))) {
      to--;
    }
    boolean follows = to < tokens.size && SHORT.contains(word(to));
    if (stretch.isAddress() && isCorner(stretch) && follows && to - from > 3) {
      from += 3;
    }
    return new Stretch(stretch.type(), from, to);
  }

  private boolean isCorner(Stretch stretch) {
    int from = stretch.from();
    return stretch.isAddress()
        && stretch.to() - from >= 3
        && word(from).equals("the")
        && word(from + 1).equals("corner")
        && word(from + 2).equals("of");
  }

  private boolean isJoined(Stretch earlier, Stretch later) {
    return earlier.to() + 1 == later.from() && word(earlier.to()).equals("and")
        || earlier.to() == later.from();
  }

  private boolean onlyLines(int from, int to) {
    for (int i = from; i < to; i++) {
      if (sign(i) != '\n') {
        return false;
      }
    }
    return to - from <= 1;
  }

  private boolean isNumber(int token) {
    for (int at = tokens.starts[token]; at < tokens.ends[token]; at++) {
      if (passage.at(at) < '0' || passage.at(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private char sign(int token) {
    return tokens.ends[token] - tokens.starts[token] == 1 ? passage.at(tokens.starts[token]) : 'x';
  }

  private String word(int token) {
    return passage.text(tokens.starts[token], tokens.ends[token]).toLowerCase(Locale.ROOT);
  }
}
