package dev.quern.privacy.recognise;

import java.util.List;

/**
 * Finds one kind of personal data. Most are {@link NumberPattern}s, which run together in one pass;
 * the others look through a text by themselves. Safe for several threads; the time it takes grows
 * with the length of the text only.
 */
public interface Recogniser {

  /** Returns its snake_case name, unique in a catalog. */
  String name();

  /** Returns the type of what it finds, the first if there are several; for example EMAIL. */
  String type();

  /** Returns all types of what it finds. */
  default List<String> types() {
    return List.of(type());
  }

  /** Returns a recogniser that finds the same, with scratch memory of its own, for one thread. */
  default Recogniser forOneThread() {
    return this;
  }

  /**
   * Returns whether its candidates give way to what others found before, unless they are twice as
   * long: for recognisers that guess where patterns know.
   */
  default boolean givesWay() {
    return false;
  }

  /** Returns whether it may find something in a number or a date that stands alone. */
  default boolean readsNumbers() {
    return true;
  }

  /** Reports every candidate in {@code passage}. */
  void find(Passage passage, Candidates candidates);

  /** Returns the words around a finding that speak for or against it. */
  default Context context() {
    return Context.NONE;
  }

  /** Takes what recognisers propose. */
  interface Candidates {
    /**
     * Takes the candidate between two places of the passage.
     *
     * @param score how sure the recogniser is without looking at the words around, in [0, 1]
     * @param check what a validator says; {@link Check#POSSIBLE} where there is none
     */
    default void add(Recogniser recogniser, int start, int end, double score, Check check) {
      add(recogniser, recogniser.type(), start, end, score, check);
    }

    /** Takes the candidate of one of the recogniser's types. */
    void add(Recogniser recogniser, String type, int start, int end, double score, Check check);
  }
}
