package dev.quern.privacy.recognise.own;

import dev.quern.privacy.recognise.Automaton;
import dev.quern.privacy.recognise.Check;
import dev.quern.privacy.recognise.Context;
import dev.quern.privacy.recognise.Passage;
import dev.quern.privacy.recognise.Recogniser;
import dev.quern.privacy.recognise.Shape;
import dev.quern.privacy.recognise.checksum.CheckScheme;
import java.util.List;
import java.util.Optional;

/**
 * A recogniser that a user wrote: its expressions run as one automaton, from each place where one
 * may begin; of the matches from one place the longest counts whose surroundings and check digit
 * fit. Work is bounded by the length of the text times {@link Shape#LONGEST}.
 */
final class OwnPattern implements Recogniser {
  private static final int MOST_STATES = 50_000;

  private final String name;
  private final String type;
  private final List<Scored> patterns;
  private final Optional<CheckScheme> check;
  private final Context context;
  private final Automaton automaton;
  private final int[] states = new int[Shape.LONGEST];
  private final int[] ends = new int[Shape.LONGEST];

  /**
   * An expression and how likely what it matches is of the type.
   *
   * @param expression what matches
   * @param score in [0, 1]
   */
  record Scored(Expression expression, double score) {}

  /**
   * Compiles a recogniser.
   *
   * @throws IllegalArgumentException if the patterns are too large together
   */
  OwnPattern(
      String name,
      String type,
      List<Scored> patterns,
      Optional<CheckScheme> check,
      Context context) {
    this(
        name,
        type,
        List.copyOf(patterns),
        check,
        context,
        new Automaton(patterns.stream().map(one -> one.expression().body()).toList(), MOST_STATES));
  }

  private OwnPattern(
      String name,
      String type,
      List<Scored> patterns,
      Optional<CheckScheme> check,
      Context context,
      Automaton automaton) {
    this.name = name;
    this.type = type;
    this.patterns = patterns;
    this.check = check;
    this.context = context;
    this.automaton = automaton;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public Recogniser forOneThread() {
    return new OwnPattern(name, type, patterns, check, context, automaton);
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    char[] chars = passage.chars();
    int length = passage.length();
    for (int start = 0; start < length; start++) {
      int state = automaton.next(1, chars[start]);
      int found = 0;
      int at = start + 1;
      while (state != 0) {
        if (automaton.accepted(state).length > 0) {
          states[found] = state;
          ends[found++] = at;
        }
        if (at == length) {
          break;
        }
        state = automaton.next(state, chars[at++]);
      }
      if (found > 0) {
        settle(passage, start, found, candidates);
      }
    }
  }

  private void settle(Passage passage, int start, int found, Candidates candidates) {
    for (int i = found - 1; i >= 0; i--) {
      for (int number : automaton.accepted(states[i])) {
        Expression expression = patterns.get(number).expression();
        if (expression.mayBegin(passage, start) && expression.mayEnd(passage, ends[i])) {
          Check says = says(passage, start, ends[i]);
          if (says != Check.WRONG) {
            candidates.add(this, start, ends[i], patterns.get(number).score(), says);
            return;
          }
        }
      }
    }
  }

  private Check says(Passage passage, int start, int end) {
    return check.isEmpty() ? Check.POSSIBLE : check.get().says(passage.code(start, end));
  }
}
