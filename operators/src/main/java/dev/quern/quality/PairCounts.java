package dev.quern.quality;

import dev.quern.statistics.HashCounts;

/**
 * What follows from how often pairs (x, y) occur, without enumerating pairs of samples.
 *
 * @param samples n, of which x and y are known
 * @param pairs Σ_x C(n_x, 2): pairs of samples that have the same x
 * @param agreeing Σ_x Σ_y C(n_xy, 2): those that also have the same y
 * @param majority Σ_x max_y n_xy: samples that have the most frequent y of their x
 * @param repeated Σ n_x over the x of at least two samples
 * @param repeatedMajority Σ max_y n_xy over the same
 */
record PairCounts(
    long samples,
    double pairs,
    double agreeing,
    long majority,
    long repeated,
    long repeatedMajority) {

  /** Returns what follows from {@code counts} of pairs. */
  static PairCounts of(HashCounts counts) {
    Sums sums = new Sums();
    counts.forEach(sums::add);
    sums.close();
    return new PairCounts(
        counts.total(),
        sums.pairs,
        sums.agreeing,
        sums.majority,
        sums.repeated,
        sums.repeatedMajority);
  }

  /** Returns the number of pairs of {@code n}; a double, because it may exceed a long. */
  static double choose(long n) {
    return n % 2 == 0 ? (double) (n / 2) * (n - 1) : (double) n * ((n - 1) / 2);
  }

  private static final class Sums {
    private double pairs;
    private double agreeing;
    private long majority;
    private long repeated;
    private long repeatedMajority;
    private long first;
    private long group;
    private long most;

    /** Pairs come ascending, so those of one x stand together. */
    void add(long x, long y, long count) {
      if (x != first) {
        close();
        first = x;
      }
      group += count;
      most = Math.max(most, count);
      agreeing += choose(count);
    }

    void close() {
      pairs += choose(group);
      majority += most;
      if (group > 1) {
        repeated += group;
        repeatedMajority += most;
      }
      group = 0;
      most = 0;
    }
  }
}
