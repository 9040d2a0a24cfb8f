package dev.quern.quality.profile;

import java.util.Arrays;

/** The samples drawn, grouped by the value of one field. */
final class Groups {
  private static final int LEAST_PAIRS = 50;
  private static final int LEAST_GROUPS = 5;

  /** Share of pairs that must agree, and of what is open it must explain. */
  private static final double CONSISTENT = 0.95;

  private static final double EXPLAINED = 0.9;

  private final int field;
  private final long[] column;

  /** Positions of samples with a value that others share, group by group. */
  private final int[] members;

  /** Where groups begin in {@link #members}, and the end. */
  private final int[] starts;

  /** Share of pairs of samples that agree in this field. */
  private final double agreeing;

  private final double pairs;

  Groups(int field, long[] column) {
    this.field = field;
    this.column = column;
    Integer[] order = new Integer[column.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(column[a], column[b]));
    int[] inOrder = new int[column.length];
    int[] begins = new int[column.length + 1];
    int groups = 0;
    int size = 0;
    double equal = 0;
    long present = 0;
    for (int from = 0; from < order.length; ) {
      long value = column[order[from]];
      int to = from + 1;
      while (to < order.length && column[order[to]] == value) {
        to++;
      }
      if (value != Values.MISSING) {
        present += to - from;
        equal += choose(to - from);
        if (to - from > 1) {
          begins[groups++] = size;
          for (int i = from; i < to; i++) {
            inOrder[size++] = order[i];
          }
        }
      }
      from = to;
    }
    begins[groups] = size;
    this.members = Arrays.copyOf(inOrder, size);
    this.starts = Arrays.copyOf(begins, groups + 1);
    this.pairs = equal;
    this.agreeing = present < 2 ? 1 : equal / choose(present);
  }

  int field() {
    return field;
  }

  private static double choose(long n) {
    return n * (n - 1) / 2.0;
  }

  /** Returns whether enough samples share a value. */
  boolean hasEvidence() {
    return pairs >= LEAST_PAIRS && starts.length > LEAST_GROUPS;
  }

  /**
   * Returns which share of the pairs of samples that agree in this field agree in {@code other}; 0
   * where it is too small to say that this field decides the other.
   */
  double decides(Groups other) {
    if (other.agreeing >= 1 || differ(other) > (1 - CONSISTENT) * 3 * members.length) {
      return 0;
    }
    double all = 0;
    double consistent = 0;
    for (int group = 0; group + 1 < starts.length; group++) {
      long[] values = new long[starts[group + 1] - starts[group]];
      int size = 0;
      for (int i = starts[group]; i < starts[group + 1]; i++) {
        long value = other.column[members[i]];
        if (value != Values.MISSING) {
          values[size++] = value;
        }
      }
      all += choose(size);
      consistent += equalPairs(values, size);
    }
    double share = all < LEAST_PAIRS ? 0 : consistent / all;
    boolean explains = share - other.agreeing >= EXPLAINED * (1 - other.agreeing);
    return share >= CONSISTENT && explains ? share : 0;
  }

  private static double equalPairs(long[] values, int size) {
    Arrays.sort(values, 0, size);
    double equal = 0;
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && values[to] == values[from]) {
        to++;
      }
      equal += choose(to - from);
      from = to;
    }
    return equal;
  }

  /** Counts neighbours in a group that differ in the other field; stops where there are many. */
  private int differ(Groups other) {
    int differ = 0;
    double most = (1 - CONSISTENT) * 3 * members.length;
    for (int group = 0; group + 1 < starts.length && differ <= most; group++) {
      for (int i = starts[group] + 1; i < starts[group + 1]; i++) {
        long before = other.column[members[i - 1]];
        long here = other.column[members[i]];
        differ += before != here && before != Values.MISSING && here != Values.MISSING ? 1 : 0;
      }
    }
    return differ;
  }
}
