package dev.quern.privacy.recognise.english;

import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.english.Addresses.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the line above an address as the name of a person, where it looks like one: two to four
 * words with capitals, of which the first is a first name or some are told as a person's.
 */
final class Envelopes {
  private static final int MOST_TOKENS = 6;
  private final Passage passage;
  private final Tokens tokens;
  private final Features features;

  Envelopes(Passage passage, Tokens tokens, Features features) {
    this.passage = passage;
    this.tokens = tokens;
    this.features = features;
  }

  /** Returns the stretches in order, with names above addresses whole. */
  List<Stretch> named(List<Stretch> stretches) {
    List<Stretch> named = new ArrayList<>(stretches.size());
    for (Stretch stretch : stretches) {
      if (stretch.isAddress()) {
        readAbove(named, stretch.from());
      }
      named.add(stretch);
    }
    return named;
  }

  private void readAbove(List<Stretch> named, int address) {
    int end = address;
    while (end > 0 && isBetween(end - 1)) {
      end--;
    }
    if (end == address || end == 0 || !hasLineEnd(end, address)) {
      return;
    }
    int start = end;
    while (start > 0 && !isBetween(start - 1) && end - start <= MOST_TOKENS) {
      start--;
    }
    int kept = named.size();
    boolean isPerson = false;
    while (kept > 0 && named.get(kept - 1).to() > start) {
      Stretch last = named.get(--kept);
      if (last.from() < start || last.isFirm() || last.isAddress()) {
        return;
      }
      if (last.isTitle()) {
        start = last.to();
        kept++;
        break;
      }
      isPerson |= last.isPerson();
    }
    if (isName(start, end) && (isPerson || features.isFirstName(start))) {
      named.subList(kept, named.size()).clear();
      named.add(Stretch.person(start, end));
    }
  }

  /** Words with capitals, none of which firms have, with points, hyphens and apostrophes. */
  private boolean isName(int start, int end) {
    int words = 0;
    for (int i = start; i < end; i++) {
      char first = passage.at(tokens.starts[i]);
      if (Character.isLetter(first)) {
        if (!Character.isUpperCase(first) || features.isOfFirms(i)) {
          return false;
        }
        words++;
      } else if (first != '.' && first != '-' && first != '\'') {
        return false;
      }
    }
    return words > 1 && words < 5 && end - start <= MOST_TOKENS;
  }

  private boolean hasLineEnd(int from, int to) {
    for (int i = from; i < to; i++) {
      if (passage.at(tokens.starts[i]) == '\n') {
        return true;
      }
    }
    return false;
  }

  private boolean isBetween(int token) {
    char sign = passage.at(tokens.starts[token]);
    return sign == '\n' || sign == '>';
  }
}
