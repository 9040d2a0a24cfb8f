package dev.quern.drift;

import dev.quern.statistics.TextCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two sets of categories compared: χ² of homogeneity over categories, those of fewer than 5
 * expected values taken together; Cramér's V with Bergsma's correction for bias; the Jensen–Shannon
 * divergence in bits; new and vanished categories.
 *
 * @param chi the statistic
 * @param freedom its degrees of freedom, 0 where there is nothing to compare
 * @param association Cramér's V in [0, 1] (Bergsma 2013, Journal of the Korean Statistical Society
 *     42(3)): without the correction it grows with the number of categories
 * @param divergence Jensen–Shannon divergence, in [0, 1] bits, over all categories
 * @param added categories of the current set alone, shared by {@value #SHARED} samples at least
 * @param vanished categories of the reference alone, likewise
 */
record CategoryComparison(
    double chi,
    int freedom,
    double association,
    double divergence,
    List<String> added,
    List<String> vanished) {
  /** Samples that must share a category before it is named. */
  static final int SHARED = 5;

  private static final double EXPECTED = 5;
  private static final int NAMED = 10;
  private static final int SHOWN = 40;

  /** Returns the comparison of {@code a}, the reference, with {@code b}. */
  static CategoryComparison of(TextCounts a, TextCounts b) {
    List<long[]> table = new ArrayList<>();
    List<String> added = new ArrayList<>();
    List<String> vanished = new ArrayList<>();
    a.top(
        a.distinct(),
        (bytes, start, end, count) -> {
          long other = b.count(bytes, start, end);
          table.add(new long[] {count, other});
          if (other == 0 && count >= SHARED) {
            vanished.add(name(bytes, start, end));
          }
        });
    b.top(
        b.distinct(),
        (bytes, start, end, count) -> {
          if (a.count(bytes, start, end) == 0) {
            table.add(new long[] {0, count});
            if (count >= SHARED) {
              added.add(name(bytes, start, end));
            }
          }
        });
    long n = a.total();
    long m = b.total();
    List<long[]> tested = tested(table, n, m);
    double chi = chi(tested, n, m);
    return new CategoryComparison(
        chi,
        Math.max(0, tested.size() - 1),
        association(chi, tested.size(), n + m),
        divergence(table, n, m),
        first(added),
        first(vanished));
  }

  private static List<String> first(List<String> names) {
    return List.copyOf(names.subList(0, Math.min(NAMED, names.size())));
  }

  private static String name(byte[] bytes, int start, int end) {
    String name = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    return name.codePointCount(0, name.length()) <= SHOWN
        ? name
        : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** Rare categories count as one; if even that one is rare, it joins the rarest of the others. */
  private static List<long[]> tested(List<long[]> table, long n, long m) {
    double share = n + m == 0 ? 0 : (double) Math.min(n, m) / (n + m);
    List<long[]> tested = new ArrayList<>();
    long[] rare = new long[2];
    for (long[] row : table) {
      if ((row[0] + row[1]) * share >= EXPECTED) {
        tested.add(row.clone());
      } else {
        rare[0] += row[0];
        rare[1] += row[1];
      }
    }
    if ((rare[0] + rare[1]) * share >= EXPECTED || tested.isEmpty()) {
      tested.add(rare);
    } else {
      long[] rarest = tested.get(0);
      for (long[] row : tested) {
        rarest = row[0] + row[1] < rarest[0] + rarest[1] ? row : rarest;
      }
      rarest[0] += rare[0];
      rarest[1] += rare[1];
    }
    return tested;
  }

  /** Returns Σ (count − expected)² / expected over a table of two columns. */
  static double chi(List<long[]> table, long n, long m) {
    double chi = 0;
    for (long[] row : table) {
      double all = (double) row[0] + row[1];
      double one = all * n / (n + m);
      double two = all * m / (n + m);
      if (one > 0 && two > 0) {
        chi += (row[0] - one) * (row[0] - one) / one + (row[1] - two) * (row[1] - two) / two;
      }
    }
    return chi;
  }

  /** Returns V = √(φ² / min(rows − 1, 1)), all three corrected for their bias. */
  static double association(double chi, int rows, long samples) {
    if (rows < 2 || samples < 2) {
      return 0;
    }
    double less = samples - 1.0;
    double phi = Math.max(0, chi / samples - (rows - 1) / less);
    double correctedRows = rows - (rows - 1.0) * (rows - 1) / less;
    double correctedColumns = 2 - 1 / less;
    double smaller = Math.min(correctedRows, correctedColumns) - 1;
    return smaller <= 0 ? 0 : Math.min(1, Math.sqrt(phi / smaller));
  }

  private static double divergence(List<long[]> table, long n, long m) {
    double bits = 0;
    for (long[] row : table) {
      double p = n == 0 ? 0 : (double) row[0] / n;
      double q = m == 0 ? 0 : (double) row[1] / m;
      double middle = (p + q) / 2;
      bits += p == 0 ? 0 : p / 2 * Math.log(p / middle);
      bits += q == 0 ? 0 : q / 2 * Math.log(q / middle);
    }
    return Math.max(0, bits / Math.log(2));
  }
}
