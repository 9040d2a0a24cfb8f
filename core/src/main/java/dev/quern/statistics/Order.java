package dev.quern.statistics;

/** Sorts numbers of entries without boxing them. */
public final class Order {
  private static final int SMALL = 12;

  private Order() {}

  /** Compares two entries. */
  public interface Comparison {
    /** Returns less than, equal to or more than 0. */
    int compare(int entry, int other);
  }

  /** Returns 0 … {@code size} - 1 in the order of {@code by}; what is equal stays in order. */
  public static int[] of(int size, Comparison by) {
    int[] entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[i] = i;
    }
    sort(entries, by);
    return entries;
  }

  /** Sorts {@code entries}; what is equal stays in order. */
  public static void sort(int[] entries, Comparison by) {
    sort(entries.clone(), entries, 0, entries.length, by);
  }

  /** Sorts [from, to) of {@code from}, which equals {@code to} there, into {@code to}. */
  private static void sort(int[] source, int[] target, int from, int to, Comparison by) {
    if (to - from <= SMALL) {
      for (int i = from + 1; i < to; i++) {
        int entry = target[i];
        int at = i;
        while (at > from && by.compare(target[at - 1], entry) > 0) {
          target[at] = target[--at];
        }
        target[at] = entry;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(target, source, from, middle, by);
    sort(target, source, middle, to, by);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean isLeft = right == to || left < middle && by.compare(source[left], source[right]) <= 0;
      target[i] = isLeft ? source[left++] : source[right++];
    }
  }
}
