package dev.quern.format.parquet;

import dev.quern.data.Nulls;

/** Brings values that lie one after the other to the rows of a column that are not null. */
final class Spread {
  private Spread() {}

  /**
   * Copies the values of the array {@code from} to the {@code rows} rows of the array {@code into},
   * in runs between those that are null, which are left as they are, and returns {@code into}.
   */
  @SuppressWarnings("SuspiciousSystemArraycopy")
  static <T> T over(Object from, T into, int rows, Nulls nulls) {
    int value = 0;
    int row = 0;
    for (int gap = next(nulls, 0); gap >= 0; gap = next(nulls, row)) {
      System.arraycopy(from, value, into, row, gap - row);
      value += gap - row;
      row = gap + 1;
    }
    System.arraycopy(from, value, into, row, rows - row);
    return into;
  }

  private static int next(Nulls nulls, int row) {
    return nulls.any() ? nulls.next(row) : -1;
  }
}
