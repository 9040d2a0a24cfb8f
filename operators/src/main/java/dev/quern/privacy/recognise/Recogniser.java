package dev.quern.privacy.recognise;

/**
 * Finds one kind of personal data. Most are {@link NumberPattern}s, which run together in one pass;
 * the others look through a text by themselves. Safe for several threads; the time it takes grows
 * with the length of the text only.
 */
public interface Recogniser {

  /** Returns its snake_case name, unique in a catalog. */
  String name();

  /** Returns the type of what it finds, for example {@code EMAIL}. */
  String type();

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
    void add(Recogniser recogniser, int start, int end, double score, Check check);
  }
}
