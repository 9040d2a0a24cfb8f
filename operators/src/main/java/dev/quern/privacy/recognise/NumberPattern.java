package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A recogniser of numbers and codes of bounded length. Its shapes are regular expressions of a
 * small language (see {@link Shape}); all patterns of a catalog are compiled into one automaton. A
 * match must stand between characters that are no ASCII letters or digits; of several matches from
 * one place the longest that its validator takes counts.
 *
 * @param name snake_case name
 * @param type what it finds
 * @param shapes what the numbers look like, with the score of each
 * @param validator what decides
 * @param context words around
 */
public record NumberPattern(
    String name, String type, List<Scored> shapes, Validator validator, Context context)
    implements Recogniser {

  /**
   * A shape and how likely what has it is of the type.
   *
   * @param shape an expression of {@link Shape}
   * @param score in [0, 1]
   */
  public record Scored(String shape, double score) {}

  /** Decides about a candidate. */
  @FunctionalInterface
  public interface Validator {
    /** Judges the number between two places; a pure function of the passage. */
    Check check(Passage passage, int start, int end);
  }

  /** Copies the shapes. */
  public NumberPattern {
    shapes = List.copyOf(shapes);
  }

  /** Returns a pattern without shapes that takes every candidate as possible. */
  public static NumberPattern of(String name, String type) {
    return new NumberPattern(
        name, type, List.of(), (passage, start, end) -> Check.POSSIBLE, Context.NONE);
  }

  /** Returns this pattern with a further shape. */
  public NumberPattern shape(String shape, double score) {
    List<Scored> more = new ArrayList<>(shapes);
    more.add(new Scored(shape, score));
    return new NumberPattern(name, type, more, validator, context);
  }

  /** Returns this pattern with a validator. */
  public NumberPattern check(Validator newValidator) {
    return new NumberPattern(name, type, shapes, newValidator, context);
  }

  /** Returns this pattern with a validator of letters, in capitals, and digits alone. */
  public NumberPattern code(Function<String, Check> judge) {
    return check((passage, start, end) -> judge.apply(passage.code(start, end)));
  }

  /** Returns this pattern with words around, separated by commas. */
  public NumberPattern near(String words) {
    return new NumberPattern(name, type, shapes, validator, Context.of(words));
  }

  @Override
  public void find(Passage passage, Candidates candidates) {
    new Scanner(List.of(this)).run().scan(passage, candidates);
  }
}
