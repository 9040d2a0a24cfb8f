package dev.quern.statistics;

/**
 * Sorts hashes, each with a number beside it. Hashes lie evenly, so they are brought near their
 * places by one distribution over as many buckets as there are hashes (Dobosiewicz 1978) and
 * compared with few neighbours then; crowded buckets are distributed anew, so that values which do
 * not lie evenly are sorted as well, more slowly.
 */
public final class HashSort {
  /** Hashes of a bucket that are sorted by insertion at most. */
  private static final int FEW = 32;

  private HashSort() {}

  /**
   * Sorts {@code hashes[0, size)} ascending as signed numbers and {@code beside} with them; what is
   * equal stays in order.
   */
  public static void sort(long[] hashes, long[] beside, int size) {
    sort(hashes, beside, 0, size);
  }

  private static void sort(long[] hashes, long[] beside, int from, int to) {
    if (to - from <= FEW) {
      insert(hashes, beside, from, to);
      return;
    }
    long low = hashes[lowest(hashes, from, to)];
    long high = hashes[highest(hashes, from, to)];
    if (low == high) {
      return;
    }
    int bits = 32 - Integer.numberOfLeadingZeros(to - from);
    int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(high - low) - bits);
    int[] ends = ends(hashes, from, to, low, shift, 1 << bits);
    boolean crowded = isCrowded(ends);
    // Each end goes down to the start of its bucket.
    distribute(hashes, beside, from, to, low, shift, ends);
    if (crowded) {
      sortCrowded(hashes, beside, from, to, ends);
    }
    // Buckets are in order, so nothing leaves its own.
    insert(hashes, beside, from, to);
  }

  private static int lowest(long[] hashes, int from, int to) {
    int lowest = from;
    for (int i = from + 1; i < to; i++) {
      lowest = hashes[i] < hashes[lowest] ? i : lowest;
    }
    return lowest;
  }

  private static int highest(long[] hashes, int from, int to) {
    int highest = from;
    for (int i = from + 1; i < to; i++) {
      highest = hashes[i] > hashes[highest] ? i : highest;
    }
    return highest;
  }

  private static void sortCrowded(long[] hashes, long[] beside, int from, int to, int[] starts) {
    for (int bucket = 0; bucket < starts.length; bucket++) {
      int end = bucket + 1 < starts.length ? starts[bucket + 1] : to - from;
      if (end - starts[bucket] > FEW) {
        sort(hashes, beside, from + starts[bucket], from + end);
      }
    }
  }

  private static boolean isCrowded(int[] ends) {
    int before = 0;
    for (int end : ends) {
      if (end - before > FEW) {
        return true;
      }
      before = end;
    }
    return false;
  }

  private static int[] ends(long[] hashes, int from, int to, long low, int shift, int buckets) {
    int[] ends = new int[buckets];
    for (int i = from; i < to; i++) {
      ends[(int) (hashes[i] - low >>> shift)]++;
    }
    for (int bucket = 1; bucket < buckets; bucket++) {
      ends[bucket] += ends[bucket - 1];
    }
    return ends;
  }

  private static void distribute(
      long[] hashes, long[] beside, int from, int to, long low, int shift, int[] ends) {
    long[] placed = new long[to - from];
    long[] placedBeside = new long[to - from];
    for (int i = to - 1; i >= from; i--) {
      int at = --ends[(int) (hashes[i] - low >>> shift)];
      placed[at] = hashes[i];
      placedBeside[at] = beside[i];
    }
    System.arraycopy(placed, 0, hashes, from, placed.length);
    System.arraycopy(placedBeside, 0, beside, from, placed.length);
  }

  private static void insert(long[] hashes, long[] beside, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long hash = hashes[i];
      long number = beside[i];
      int at = i;
      while (at > from && hashes[at - 1] > hash) {
        hashes[at] = hashes[at - 1];
        beside[at] = beside[--at];
      }
      hashes[at] = hash;
      beside[at] = number;
    }
  }
}
