package dev.quern.engine.pass;

import dev.quern.data.Batch;

/**
 * The order samples of a shuffle come in: by a 64-bit prefix, signed, and among equal ones by
 * {@link #compare}. Rows equal in both stay in the order they came. One instance serves one thread.
 */
interface RowOrder {

  /** Returns what of {@code batch} the order looks at, made once per batch. */
  Batch view(Batch batch);

  /** Returns the prefix of a row of a view of input {@code input}. */
  long prefix(int input, Batch view, int row);

  /**
   * Returns a number that rows share only if nothing but input and rank can tell them apart, or -1
   * if there is none; the numbers are this instance's.
   */
  int sameness(int input, Batch view, int row);

  /** Compares rows of two views whose prefixes are equal. */
  int compare(int inputA, Batch a, int rowA, int inputB, Batch b, int rowB);
}
