package dev.quern.quality.outlier;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The isolation forest of Liu, Ting and Zhou (2008): s(x) = 2^(−E(h(x)) / c(ψ)), with h the depth
 * at which a tree isolates x, ψ the rows of a tree and c(n) = 2 H(n−1) − 2 (n−1)/n the mean depth
 * of an unsuccessful search. s lies in (0, 1); about 0.5 is usual, near 1 an outlier. Trees depend
 * on the rows and their order alone. Immutable.
 */
public final class IsolationForest {
  /** Rows of a tree and trees of a forest, as in the paper. */
  public static final int TREE_ROWS = 256;

  /** Trees of a forest. */
  public static final int TREES = 100;

  private static final double EULER = 0.5772156649015329;

  private final Tree[] trees;
  private final double mean;

  /** Grows the forest over {@code rows}. */
  public IsolationForest(List<double[]> rows) {
    int size = Math.min(TREE_ROWS, rows.size());
    mean = depth(size);
    trees = new Tree[size < 2 ? 0 : TREES];
    int limit = (int) Math.ceil(Math.log(Math.max(size, 2)) / Math.log(2));
    for (int t = 0; t < trees.length; t++) {
      // The number of the tree is the seed: equal rows grow equal forests.
      SplittableRandom random = new SplittableRandom(t);
      double[][] chosen = rows.toArray(double[][]::new);
      for (int i = 0; i < size; i++) {
        int other = i + random.nextInt(chosen.length - i);
        double[] row = chosen[i];
        chosen[i] = chosen[other];
        chosen[other] = row;
      }
      trees[t] = new Tree(Arrays.copyOf(chosen, size), limit, random);
    }
  }

  /** Returns c(n). */
  private static double depth(int n) {
    return n < 2 ? 0 : n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2.0 * (n - 1) / n;
  }

  /** Returns s(row), 0 where the forest has no trees. */
  public double score(double[] row) {
    if (trees.length == 0) {
      return 0;
    }
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.depth(row);
    }
    return Math.pow(2, -sum / trees.length / mean);
  }

  /** Nodes in arrays; a leaf has field -1 and its depth in {@code splits}. */
  private static final class Tree {
    private int[] fields = new int[64];
    private double[] splits = new double[64];
    private int[] rights = new int[64];
    private int size;

    Tree(double[][] rows, int limit, SplittableRandom random) {
      grow(rows, 0, rows.length, 0, limit, random);
    }

    private int grow(
        double[][] rows, int from, int to, int depth, int limit, SplittableRandom random) {
      int node = node();
      int field = depth < limit && to - from > 1 ? splittable(rows, from, to, random) : -1;
      if (field < 0) {
        fields[node] = -1;
        splits[node] = depth + IsolationForest.depth(to - from);
        return node;
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        low = Math.min(low, rows[i][field]);
        high = Math.max(high, rows[i][field]);
      }
      double split = low + random.nextDouble() * (high - low);
      split = split <= low || Double.isInfinite(split) ? Math.nextUp(low) : split;
      int middle = from;
      for (int i = from; i < to; i++) {
        if (rows[i][field] < split) {
          double[] row = rows[i];
          rows[i] = rows[middle];
          rows[middle++] = row;
        }
      }
      fields[node] = field;
      splits[node] = split;
      grow(rows, from, middle, depth + 1, limit, random);
      int right = grow(rows, middle, to, depth + 1, limit, random);
      rights[node] = right;
      return node;
    }

    /** Returns a field drawn from those whose values differ, or -1. */
    private static int splittable(double[][] rows, int from, int to, SplittableRandom random) {
      int count = rows[from].length;
      int start = random.nextInt(count);
      for (int i = 0; i < count; i++) {
        int field = (start + i) % count;
        for (int row = from + 1; row < to; row++) {
          if (rows[row][field] != rows[from][field]) {
            return field;
          }
        }
      }
      return -1;
    }

    private int node() {
      if (size == fields.length) {
        fields = Arrays.copyOf(fields, 2 * size);
        splits = Arrays.copyOf(splits, 2 * size);
        rights = Arrays.copyOf(rights, 2 * size);
      }
      return size++;
    }

    double depth(double[] row) {
      int node = 0;
      while (fields[node] >= 0) {
        // The left child follows its parent.
        node = row[fields[node]] < splits[node] ? node + 1 : rights[node];
      }
      return splits[node];
    }
  }
}
