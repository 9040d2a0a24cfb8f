package dev.quern.privacy.recognise;

/** What a validator says of a candidate. */
public enum Check {
  /** It is not of the type: dropped. */
  WRONG,
  /** Nothing speaks against it; its score stays. */
  POSSIBLE,
  /**
   * A check confirms it that many other numbers pass too: its score is 1 beside a word that speaks
   * for it, else that of its shape.
   */
  PASSED,
  /**
   * A single check digit confirms it, as it would one of ten other numbers: its score is 1, but a
   * word that speaks against it and none for it outweighs the check.
   */
  LIKELY,
  /** A check that few others pass confirms it: its score is 1. */
  VALID;

  /** Returns {@link #VALID} or {@link #WRONG}. */
  public static Check valid(boolean holds) {
    return holds ? VALID : WRONG;
  }

  /** Returns {@link #LIKELY} or {@link #WRONG}. */
  public static Check likely(boolean holds) {
    return holds ? LIKELY : WRONG;
  }

  /** Returns {@link #PASSED} or {@link #WRONG}. */
  public static Check passed(boolean holds) {
    return holds ? PASSED : WRONG;
  }

  /** Returns {@link #POSSIBLE} or {@link #WRONG}: the check is too weak to confirm by itself. */
  public static Check possible(boolean holds) {
    return holds ? POSSIBLE : WRONG;
  }
}
