package dev.quern.drift;

import java.util.ArrayList;
import java.util.List;

/** Counts of two sets by bin. */
final class Bins {
  private Bins() {}

  /**
   * Returns {@code bins} with those of which the smaller set must expect fewer than {@code least}
   * values merged with the next one, the last with the one before.
   */
  static List<long[]> merged(List<long[]> bins, long n, long m, double least) {
    double share = (double) Math.min(n, m) / (n + m);
    List<long[]> merged = new ArrayList<>();
    long[] open = new long[2];
    for (long[] bin : bins) {
      open[0] += bin[0];
      open[1] += bin[1];
      if ((open[0] + open[1]) * share >= least) {
        merged.add(open);
        open = new long[2];
      }
    }
    if (open[0] + open[1] > 0) {
      if (merged.isEmpty()) {
        merged.add(open);
      } else {
        long[] last = merged.get(merged.size() - 1);
        last[0] += open[0];
        last[1] += open[1];
      }
    }
    return merged;
  }
}
