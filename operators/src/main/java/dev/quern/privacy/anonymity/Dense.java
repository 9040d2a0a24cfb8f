package dev.quern.privacy.anonymity;

import java.util.Arrays;

/** Numbers rows by what they hold: equal rows get one number, 0, 1, … in the order of rows. */
final class Dense {
  /** Keys below are looked up in an array. */
  private static final long DIRECT = 1 << 20;

  private static final long MOST = 1L << 62;

  private Dense() {}

  /**
   * Puts into {@code ids} the number of each of {@code size} rows.
   *
   * @param columns codes of the rows, by field, in [0, cardinality of the field)
   * @return how many different rows there are
   */
  static int number(int[][] columns, int[] cardinalities, int size, int[] ids) {
    long[] keys = new long[size];
    long product = 1;
    for (int field = 0; field < columns.length; field++) {
      int cardinality = Math.max(1, cardinalities[field]);
      if (product > MOST / cardinality) {
        int distinct = number(keys, product, size, ids);
        for (int i = 0; i < size; i++) {
          keys[i] = ids[i];
        }
        product = distinct;
      }
      int[] codes = columns[field];
      for (int i = 0; i < size; i++) {
        keys[i] = keys[i] * cardinality + codes[i];
      }
      product *= cardinality;
    }
    return number(keys, product, size, ids);
  }

  private static int number(long[] keys, long product, int size, int[] ids) {
    return product <= DIRECT ? direct(keys, (int) product, size, ids) : hashed(keys, size, ids);
  }

  private static int direct(long[] keys, int product, int size, int[] ids) {
    int[] known = new int[product];
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      int key = (int) keys[i];
      if (known[key] == 0) {
        known[key] = ++distinct;
      }
      ids[i] = known[key] - 1;
    }
    return distinct;
  }

  private static int hashed(long[] keys, int size, int[] ids) {
    long[] met = new long[1 << 10];
    int[] table = new int[1 << 11];
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      long key = keys[i];
      int mask = table.length - 1;
      int slot = slot(key, mask);
      while (table[slot] != 0 && met[table[slot] - 1] != key) {
        slot = slot + 1 & mask;
      }
      if (table[slot] == 0) {
        if (distinct == met.length) {
          met = Arrays.copyOf(met, 2 * distinct);
          table = grown(met, distinct);
          mask = table.length - 1;
          slot = slot(key, mask);
          while (table[slot] != 0) {
            slot = slot + 1 & mask;
          }
        }
        met[distinct++] = key;
        table[slot] = distinct;
      }
      ids[i] = table[slot] - 1;
    }
    return distinct;
  }

  private static int[] grown(long[] met, int distinct) {
    int[] table = new int[4 * distinct];
    int mask = table.length - 1;
    for (int i = 0; i < distinct; i++) {
      int slot = slot(met[i], mask);
      while (table[slot] != 0) {
        slot = slot + 1 & mask;
      }
      table[slot] = i + 1;
    }
    return table;
  }

  private static int slot(long key, int mask) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 32) & mask;
  }
}
