package dev.quern.format.parquet;

import java.io.IOException;

/** Small numbers, one after the other: levels or codes. */
interface Levels {

  /** Returns the next one. */
  int next() throws IOException;

  /** Reads {@code count} of them into {@code into}, from {@code from} on. */
  default void read(int[] into, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      into[i] = next();
    }
  }

  /**
   * Reads {@code count} of them that are 0 or 1, sets the bit in {@code absent} of each that is 0,
   * the first one in bit {@code from}, and returns how many are 1.
   */
  default int present(long[] absent, int from, int count) throws IOException {
    int present = 0;
    for (int i = from; i < from + count; i++) {
      int level = next();
      present += level;
      absent[i >>> 6] |= (level ^ 1L) << i;
    }
    return present;
  }
}
