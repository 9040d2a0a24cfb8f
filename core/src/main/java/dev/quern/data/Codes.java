package dev.quern.data;

/**
 * That the values of a column were stored once each and referred to by code: row {@code i} holds
 * {@code entries[code(i)]}, and a null row has code -1. Immutable.
 */
public final class Codes {
  private final Column entries;
  private final int[] codes;

  /** Makes the codes of the rows of a column; they now own the array. */
  public Codes(Column entries, int[] codes) {
    this.entries = entries;
    this.codes = codes;
  }

  /**
   * Returns the values referred to, none of them null; some may be equal, or not referred to.
   * Batches read from the same place share one column, so that what is found out about an entry can
   * be used again.
   */
  public Column entries() {
    return entries;
  }

  /** Returns the code of each row; not to be written. */
  public int[] codes() {
    return codes;
  }
}
