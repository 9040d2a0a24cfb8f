package dev.quern.privacy.anonymity;

/**
 * All choices of one level per field. A choice is a number: the levels as digits of a mixed base,
 * the last field fastest.
 */
final class Lattice {
  private final int[] levels;
  private final long[] strides;
  private final long size;

  /** Makes the lattice of fields with these numbers of levels. */
  Lattice(int[] levels) {
    this.levels = levels.clone();
    strides = new long[levels.length];
    long product = 1;
    for (int field = levels.length - 1; field >= 0; field--) {
      strides[field] = product;
      product = product > Long.MAX_VALUE / levels[field] ? Long.MAX_VALUE : product * levels[field];
    }
    size = product;
  }

  /** Returns the number of choices; the largest long where there are more. */
  long size() {
    return size;
  }

  int fields() {
    return levels.length;
  }

  /** Returns the levels of {@code node}. */
  int[] levels(long node) {
    int[] at = new int[levels.length];
    for (int field = 0; field < at.length; field++) {
      at[field] = (int) (node / strides[field] % levels[field]);
    }
    return at;
  }

  /** Returns the node of {@code at}. */
  long node(int[] at) {
    long node = 0;
    for (int field = 0; field < at.length; field++) {
      node += at[field] * strides[field];
    }
    return node;
  }

  /** Returns the highest levels. */
  int[] top() {
    int[] top = new int[levels.length];
    for (int field = 0; field < top.length; field++) {
      top[field] = levels[field] - 1;
    }
    return top;
  }

  /** Returns what to add to a node to raise {@code field} by one level. */
  long stride(int field) {
    return strides[field];
  }

  boolean isTop(int[] at, int field) {
    return at[field] == levels[field] - 1;
  }
}
