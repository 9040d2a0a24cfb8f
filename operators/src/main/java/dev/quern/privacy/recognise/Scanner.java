package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs number patterns over texts: one pass that tries the automaton of all of them where a word or
 * number begins, at {@code +} and {@code (} and at the Han characters that number plates begin
 * with. Numbers that are parts of longer ones are none (see {@link Seam}), unless a check says
 * otherwise. Safe for several threads.
 */
final class Scanner {
  /** More ends than this from one place no shape has. */
  private static final int MOST_ENDS = 64;

  private static final int MOST_STATES = 200_000;

  private final NumberPattern[] patterns;
  private final int[] patternOf;
  private final double[] scores;
  private final Automaton automaton;

  Scanner(List<NumberPattern> patterns) {
    this.patterns = patterns.toArray(new NumberPattern[0]);
    List<Shape> shapes = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < this.patterns.length; i++) {
      for (NumberPattern.Scored shape : this.patterns[i].shapes()) {
        shapes.add(Shape.parse(shape.shape()));
        owners.add(i);
        values.add(shape.score());
      }
    }
    this.patternOf = owners.stream().mapToInt(Integer::intValue).toArray();
    this.scores = values.stream().mapToDouble(Double::doubleValue).toArray();
    this.automaton = new Automaton(shapes, MOST_STATES);
  }

  /** Returns a scan to be used again and again by one thread. */
  Run run() {
    return new Run();
  }

  /** Returns what speaks for the whole of {@code text} as a number of {@code type}. */
  Confirmer.Confirmation whole(Passage text, String type) {
    int length = text.length();
    if (length == 0 || !Passage.isAlphanumeric(text.at(0)) && !isSignOfStart(text.at(0))) {
      return Confirmer.Confirmation.NONE;
    }
    int state = 1;
    for (int at = 0; at < length && state != 0; at++) {
      state = automaton.next(state, text.at(at));
    }
    Confirmer.Confirmation best = Confirmer.Confirmation.NONE;
    for (int shape : automaton.accepted(state)) {
      NumberPattern pattern = patterns[patternOf[shape]];
      if (best != Confirmer.Confirmation.CHECK && pattern.type().equals(type)) {
        Confirmer.Confirmation said =
            switch (pattern.validator().check(text, 0, length)) {
              case WRONG -> Confirmer.Confirmation.REFUSED;
              case POSSIBLE, PASSED ->
                  scores[shape] > 0 ? Confirmer.Confirmation.SHAPE : Confirmer.Confirmation.REFUSED;
              case LIKELY, VALID -> Confirmer.Confirmation.CHECK;
            };
        best = said.compareTo(best) > 0 ? said : best;
      }
    }
    return best;
  }

  private static boolean isSignOfStart(char c) {
    return c == '+' || c == '(' || c >= 0x4E00;
  }

  private void scan(Run run) {
    char[] chars = run.passage.chars();
    int length = run.passage.length();
    int word = -1;
    boolean letters = false;
    for (int at = 0; at < length; at++) {
      char c = chars[at];
      boolean digit = Seam.isDigit(c);
      if (!digit && !Passage.isAlphanumeric(c)) {
        if (isSignOfStart(c)) {
          run.at(at, at);
        }
        word = -1;
        continue;
      }
      if (word < 0) {
        run.at(at, at);
        word = at;
        letters = !digit;
      } else if (digit && letters) {
        run.at(at, word);
        letters = false;
      }
    }
  }

  /** Passes over passages, one at a time. */
  final class Run {
    private Passage passage = new Passage();
    private Recogniser.Candidates candidates = (recogniser, type, start, end, score, check) -> {};
    private final int[] states = new int[MOST_ENDS];
    private final int[] ends = new int[MOST_ENDS];
    private final Seam[] seams = new Seam[MOST_ENDS];
    private final boolean[] taken = new boolean[patterns.length];

    /** Reports every candidate in {@code text}. */
    void scan(Passage text, Recogniser.Candidates to) {
      passage = text;
      candidates = to;
      Scanner.this.scan(this);
    }

    /** Tries what begins at {@code start}, in a word that begins at {@code word}. */
    private void at(int start, int word) {
      int state = automaton.next(1, passage.chars()[start]);
      if (state != 0) {
        from(state, start, word);
      }
    }

    private void from(int first, int start, int word) {
      char[] chars = passage.chars();
      int length = passage.length();
      int found = 0;
      int state = first;
      int at = start + 1;
      while (state != 0) {
        boolean ends = at == length || !Passage.isAlphanumeric(chars[at]);
        if (ends && automaton.accepted(state).length > 0 && found < MOST_ENDS) {
          states[found] = state;
          seams[found] = Seam.before(passage, word, start).with(Seam.behind(passage, at));
          this.ends[found++] = at;
        }
        if (at == length) {
          break;
        }
        state = automaton.next(state, chars[at++]);
      }
      if (found > 0) {
        settle(start, found);
      }
    }

    /** Gives each pattern its longest match that the validator takes. */
    private void settle(int start, int found) {
      Arrays.fill(taken, false);
      for (int i = found - 1; i >= 0; i--) {
        Seam seam = seams[i];
        if (!seam.mayHold(start, ends[i])) {
          continue;
        }
        for (int shape : automaton.accepted(states[i])) {
          int owner = patternOf[shape];
          if (!taken[owner]) {
            NumberPattern pattern = patterns[owner];
            Check check = pattern.validator().check(passage, start, ends[i]);
            if (check != Check.WRONG && seam.takes(pattern, check, passage, start, ends[i])) {
              taken[owner] = true;
              candidates.add(pattern, start, ends[i], scores[shape], check);
            }
          }
        }
      }
    }
  }
}
