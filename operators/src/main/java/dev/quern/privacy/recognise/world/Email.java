package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;

/**
 * Addresses of mail: RFC 5321 in its usual form. The local part begins behind a character that is
 * none of its own, the last label of the domain is one of letters.
 */
final class Email implements Recogniser {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String type() {
    return "EMAIL";
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    char[] chars = passage.chars();
    int length = passage.length();
    for (int at = 1; at < length; at++) {
      if (chars[at] == '@') {
        int start = start(passage, at);
        int end = start < 0 ? -1 : domainEnd(passage, at + 1);
        if (end > 0) {
          candidates.add(this, start, end, 0.95, Check.POSSIBLE);
        }
      }
    }
  }

  /** Returns where the local part before {@code sign} begins, -1 if there is none. */
  private static int start(Passage passage, int sign) {
    int start = sign;
    while (start > 0 && sign - start <= LONGEST_LOCAL && isLocal(passage.at(start - 1))) {
      start--;
    }
    while (start < sign && ".-+%_".indexOf(passage.at(start)) >= 0) {
      start++;
    }
    boolean wrong = start == sign || sign - start > LONGEST_LOCAL || passage.at(sign - 1) == '.';
    return wrong ? -1 : start;
  }

  /** Returns where the longest dotted name with a last label of letters ends, -1 if none. */
  static int domainEnd(Passage passage, int from) {
    int found = -1;
    int label = from;
    int labels = 0;
    while (label - from <= LONGEST_DOMAIN) {
      int to = label;
      boolean letters = true;
      while (Passage.isAlphanumeric(passage.at(to)) || passage.at(to) == '-') {
        letters &= passage.at(to) >= 'A';
        to++;
      }
      if (to == label || passage.at(label) == '-' || passage.at(to - 1) == '-') {
        return found;
      }
      labels++;
      if (labels > 1 && letters && to - label >= 2 && to - from <= LONGEST_DOMAIN) {
        found = to;
      }
      if (passage.at(to) != '.') {
        return found;
      }
      label = to + 1;
    }
    return found;
  }

  private static boolean isLocal(char c) {
    return Passage.isAlphanumeric(c) || c == '.' || c == '%' || c == '_' || c == '+' || c == '-';
  }
}
