package dev.quern.engine;

/**
 * A part of a pass that was worked through: from a reading, or from where samples met others, to
 * the next such place or the end.
 *
 * @param verb what it was for
 * @param step the step that needed it, empty if none alone did
 * @param tasks pieces of work
 * @param resumed of these, found finished by an earlier execution
 * @param samples that left it
 * @param cost what it took this time
 */
public record Phase(Verb verb, String step, int tasks, int resumed, long samples, Cost cost) {

  /** What a phase is for. */
  public enum Verb {
    /** Nothing but folds. */
    FOLD,
    /** Blocks that a later pass reads. */
    STORE,
    /** Small files of which shards are made. */
    GATHER,
    /** Shards. */
    WRITE,
    /** Memory of the caller. */
    HAND,
    /** Sorted runs to be merged by key. */
    GROUP,
    /** Sorted runs to be merged in order. */
    SORT,
    /** Links between samples. */
    CONNECT
  }

  /** Where the samples of a phase come from. */
  public enum From {
    /** Files of the recipe's sources. */
    SOURCES,
    /** What earlier phases, passes or runs have stored. */
    STORED
  }
}
