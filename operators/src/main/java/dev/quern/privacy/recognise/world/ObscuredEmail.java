package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;

/**
 * Addresses of mail that people hide from machines: ann (at) example (dot) com, ann[at]example.com,
 * ann.lee @ example.com. Around a spaced {@code @} the local part needs a digit, point or
 * underscore, as people also meet @ places.
 */
final class ObscuredEmail implements Recogniser {
  private static final int LABELS = 8;
  private static final int LABEL = 63;

  @Override
  public String name() {
    return "obscured_email";
  }

  @Override
  public String type() {
    return "EMAIL";
  }

  @Override
  public boolean readsNumbers() {
    return false;
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    int length = passage.length();
    for (int at = 1; at < length; at++) {
      int behind = sign(passage, at);
      if (behind > 0) {
        int start = Email.start(passage, passage.at(at - 1) == ' ' ? at - 1 : at);
        int end = domainEnd(passage, passage.at(behind) == ' ' ? behind + 1 : behind);
        if (start >= 0 && end > 0 && (passage.at(at) != '@' || isTelling(passage, start, at))) {
          candidates.add(this, start, end, 0.85, Check.POSSIBLE);
        }
      }
    }
  }

  /**
   * Returns what follows a sign at {@code at} that stands for @ with something around it, or -1.
   */
  private static int sign(Passage passage, int at) {
    if (passage.at(at) == '@') {
      return passage.at(at - 1) == ' ' || passage.at(at + 1) == ' ' ? at + 1 : -1;
    }
    return word(passage, at, "at");
  }

  /** Returns what follows {@code word} in brackets at {@code at}, -1 if something else is there. */
  private static int word(Passage passage, int at, String word) {
    int behind = at + word.length() + 1;
    boolean round = passage.at(at) == '(' && passage.at(behind) == ')';
    boolean square = passage.at(at) == '[' && passage.at(behind) == ']';
    return (round || square) && passage.text(at + 1, behind).equalsIgnoreCase(word)
        ? behind + 1
        : -1;
  }

  private static boolean isTelling(Passage passage, int start, int at) {
    for (int i = start; i < at; i++) {
      char c = passage.at(i);
      if (c >= '0' && c <= '9' || c == '.' || c == '_') {
        return true;
      }
    }
    return false;
  }

  private static int domainEnd(Passage passage, int from) {
    int label = from;
    int found = -1;
    for (int labels = 1; labels <= LABELS; labels++) {
      int to = label;
      boolean letters = true;
      while (to - label <= LABEL
          && (Passage.isAlphanumeric(passage.at(to)) || passage.at(to) == '-')) {
        letters &= passage.at(to) >= 'A';
        to++;
      }
      if (to == label) {
        return found;
      }
      found = labels > 1 && letters && to - label >= 2 ? to : found;
      int next = passage.at(to) == '.' ? to + 1 : dot(passage, to);
      if (next < 0) {
        return found;
      }
      label = next;
    }
    return found;
  }

  /** Returns what follows a dot that is written as a word in brackets, -1 if there is none. */
  private static int dot(Passage passage, int at) {
    int from = passage.at(at) == ' ' ? at + 1 : at;
    int behind = word(passage, from, "dot");
    return behind > 0 && passage.at(behind) == ' ' ? behind + 1 : behind;
  }
}
