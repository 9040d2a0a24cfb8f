package dev.quern.privacy.recognise.own;

import dev.quern.privacy.recognise.Automaton;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression of {@link Shape} with look-around at its ends: {@code (?<=…)} and {@code (?<!…)}
 * before, {@code (?=…)} and {@code (?!…)} behind, several if need be. An end without look-around
 * must be the end of a word: no ASCII letter or digit goes on there.
 *
 * @param body what matches
 * @param before what must or must not end where it begins
 * @param after what must or must not begin where it ends
 */
record Expression(Shape body, List<Look> before, List<Look> after) {
  private static final int MOST_STATES = 10_000;

  /**
   * A condition on what stands beside a match.
   *
   * @param automaton of what is looked for
   * @param longest characters that it has at most
   * @param wanted whether it must or must not stand there
   */
  record Look(Automaton automaton, int longest, boolean wanted) {
    private static Look of(String expression, boolean wanted) {
      Shape shape = Shape.parse(expression);
      return new Look(new Automaton(List.of(shape), MOST_STATES), shape.longest(), wanted);
    }

    private boolean holdsBefore(Passage passage, int at) {
      for (int from = Math.max(0, at - longest); from <= at; from++) {
        if (matches(passage, from, at)) {
          return wanted;
        }
      }
      return !wanted;
    }

    private boolean matches(Passage passage, int from, int to) {
      int state = 1;
      for (int at = from; at < to && state != 0; at++) {
        state = automaton.next(state, passage.at(at));
      }
      return state != 0 && automaton.accepted(state).length > 0;
    }

    private boolean holdsAfter(Passage passage, int from) {
      int state = 1;
      int at = from;
      while (state != 0 && automaton.accepted(state).length == 0 && at < passage.length()) {
        state = automaton.next(state, passage.at(at++));
      }
      boolean found = state != 0 && automaton.accepted(state).length > 0;
      return found == wanted;
    }
  }

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException if it is none, matches nothing at all or is too large
   */
  static Expression parse(String expression) {
    List<Look> before = new ArrayList<>();
    List<Look> after = new ArrayList<>();
    String flags = expression.startsWith("(?i)") ? "(?i)" : "";
    String rest = expression.substring(flags.length());
    while (rest.startsWith("(?<=") || rest.startsWith("(?<!")) {
      int end = closing(rest, 0);
      before.add(Look.of(flags + rest.substring(4, end), rest.charAt(3) == '='));
      rest = rest.substring(end + 1);
    }
    int last = lastGroup(rest);
    while (last >= 0 && (rest.startsWith("(?=", last) || rest.startsWith("(?!", last))) {
      String inner = rest.substring(last + 3, rest.length() - 1);
      after.add(Look.of(flags + inner, rest.charAt(last + 2) == '='));
      rest = rest.substring(0, last);
      last = lastGroup(rest);
    }
    Shape body = Shape.parse(flags + rest);
    Automaton alone = new Automaton(List.of(body), MOST_STATES);
    if (alone.accepted(1).length > 0) {
      throw new IllegalArgumentException(
          "shape must have one character at least in every match; found: " + expression);
    }
    return new Expression(body, List.copyOf(before), List.copyOf(after));
  }

  /** Returns whether a match may begin at {@code at}. */
  boolean mayBegin(Passage passage, int at) {
    if (before.isEmpty()) {
      return !Passage.isAlphanumeric(passage.at(at)) || !Passage.isAlphanumeric(passage.at(at - 1));
    }
    return before.stream().allMatch(look -> look.holdsBefore(passage, at));
  }

  /** Returns whether a match may end before {@code at}. */
  boolean mayEnd(Passage passage, int at) {
    if (after.isEmpty()) {
      return !Passage.isAlphanumeric(passage.at(at)) || !Passage.isAlphanumeric(passage.at(at - 1));
    }
    return after.stream().allMatch(look -> look.holdsAfter(passage, at));
  }

  /** Returns where the group ends that begins at {@code start}, or the end if it is not closed. */
  private static int closing(String text, int start) {
    int depth = 0;
    boolean set = false;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (set) {
        set = c != ']';
      } else if (c == '[') {
        set = true;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("shape must have a closed group; found: " + text);
  }

  /** Returns where the group begins that ends the expression, -1 if none does. */
  private static int lastGroup(String text) {
    int at = 0;
    boolean set = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (set) {
        set = c != ']';
      } else if (c == '[') {
        set = true;
      } else if (c == '(') {
        int end = closing(text, at);
        if (end == text.length() - 1) {
          return at;
        }
        at = end;
      }
      at++;
    }
    return -1;
  }
}
