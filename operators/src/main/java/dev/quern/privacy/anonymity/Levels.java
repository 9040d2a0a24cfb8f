package dev.quern.privacy.anonymity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field at each level of its hierarchy, as codes: what the search works on.
 * Values that the hierarchy does not know have code -1.
 */
public final class Levels {
  private final int[][] codes;
  private final @Nullable String[][] labels;
  private final double[][] shares;
  private final @Nullable int[][][] steps;

  private Levels(int[][] codes, @Nullable String[][] labels, double[][] shares) {
    this.codes = codes;
    this.labels = labels;
    this.shares = shares;
    this.steps = new int[codes.length * codes.length][][];
  }

  /**
   * Puts {@code hierarchy} over the values of a field.
   *
   * @param domain the values by code; code 0 is the missing one
   */
  public static Levels of(Hierarchy hierarchy, @Nullable String[] domain) {
    int levels = hierarchy.levels();
    int[][] codes = new int[levels][domain.length];
    @Nullable String[][] labels = new String[levels][];
    double[][] shares = new double[levels][];
    for (int level = 0; level < levels; level++) {
      Map<@Nullable String, Integer> known = new HashMap<>();
      List<@Nullable String> all = new ArrayList<>();
      for (int code = 0; code < domain.length; code++) {
        String value = domain[code];
        String label = value == null ? hierarchy.missingAt(level) : hierarchy.at(value, level);
        if (label == null && value != null) {
          codes[level][code] = -1;
          continue;
        }
        Integer found = known.putIfAbsent(label, all.size());
        if (found == null) {
          found = all.size();
          all.add(label);
        }
        codes[level][code] = found;
      }
      labels[level] = all.toArray(new String[0]);
      shares[level] = shares(hierarchy, level, known, codes[level]);
    }
    return new Levels(codes, labels, shares);
  }

  /**
   * Shares of all values of the hierarchy where it lists them, else of the values that are there.
   */
  private static double[] shares(
      Hierarchy hierarchy, int level, Map<@Nullable String, Integer> known, int[] codes) {
    double[] shares = new double[known.size()];
    int values = 0;
    if (hierarchy instanceof TableHierarchy table) {
      for (String value : table.values()) {
        Integer code = known.get(table.at(value, level));
        if (code != null) {
          shares[code]++;
        }
        values++;
      }
    } else {
      for (int i = 1; i < codes.length; i++) {
        if (codes[i] >= 0) {
          shares[codes[i]]++;
          values++;
        }
      }
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = values == 0 ? 1 : Math.max(1, shares[i]) / values;
    }
    return shares;
  }

  /** Returns the number of levels. */
  public int count() {
    return codes.length;
  }

  /** Returns the code at {@code level} of each value. */
  int[] codes(int level) {
    return codes[level];
  }

  /** Returns the number of different values at {@code level}. */
  int cardinality(int level) {
    return labels[level].length;
  }

  /** Returns what stands for the values of each code at {@code level}; null is missing. */
  @Nullable String[] labels(int level) {
    return labels[level];
  }

  /** Returns the fraction of all values that each code at {@code level} stands for. */
  double[] shares(int level) {
    return shares[level];
  }

  /** Returns the code at level {@code to} of each code at level {@code from}, which is below. */
  int[] step(int from, int to) {
    int key = from * codes.length + to;
    int[][] known = steps[key];
    if (known == null) {
      int[] step = new int[cardinality(from)];
      for (int value = 0; value < codes[from].length; value++) {
        if (codes[from][value] >= 0) {
          step[codes[from][value]] = codes[to][value];
        }
      }
      known = new int[][] {step};
      steps[key] = known;
    }
    return known[0];
  }
}
