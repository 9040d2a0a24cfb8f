package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small trees that add up to a log odds (gradient boosting with logistic loss and second order
 * steps).
 *
 * @param base the log odds without a tree
 * @param trees each of 2^{@value #DEPTH} - 1 splits {measure, bound} and then as many leaves, in
 *     the order of a heap
 */
record Boosted(double base, double[][] trees) {
  static final int DEPTH = 4;
  private static final int TREES = 40;
  private static final int BINS = 48;
  private static final double RATE = 0.2;
  private static final double RIDGE = 5;
  private static final int SPLITS = (1 << DEPTH) - 1;

  /** Returns the log odds of {@code measures}. */
  double odds(double[] measures) {
    double sum = base;
    for (double[] tree : trees) {
      int at = 0;
      while (at < SPLITS) {
        at = 2 * at + (measures[(int) tree[2 * at]] <= tree[2 * at + 1] ? 1 : 2);
      }
      sum += tree[2 * SPLITS + at - SPLITS];
    }
    return sum;
  }

  /** Learns from {@code rows} of measures which are {@code wrong}; each counts {@code weight}. */
  static Boosted learn(double[][] rows, boolean[] wrong, double[] weight) {
    int measures = rows[0].length;
    double[][] bounds = new double[measures][];
    byte[][] bins = new byte[measures][rows.length];
    for (int m = 0; m < measures; m++) {
      bounds[m] = bounds(rows, m);
      for (int i = 0; i < rows.length; i++) {
        int at = Arrays.binarySearch(bounds[m], rows[i][m]);
        bins[m][i] = (byte) (at >= 0 ? at : -at - 1);
      }
    }
    double[] odds = new double[rows.length];
    double[][] trees = new double[TREES][];
    for (int t = 0; t < TREES; t++) {
      double[][] slopes = new double[2][rows.length];
      for (int i = 0; i < rows.length; i++) {
        double p = 1 / (1 + Math.exp(-odds[i]));
        slopes[0][i] = weight[i] * ((wrong[i] ? 1 : 0) - p);
        slopes[1][i] = weight[i] * p * (1 - p);
      }
      trees[t] = grow(bins, bounds, slopes, odds);
    }
    return new Boosted(0, trees);
  }

  private static double[] bounds(double[][] rows, int measure) {
    double[] sorted = new double[rows.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = rows[i][measure];
    }
    Arrays.sort(sorted);
    List<Double> bounds = new ArrayList<>();
    for (int i = 1; i < BINS; i++) {
      // Half of the bounds lie in the outer tenths, where errors are.
      double share = i <= 12 ? i / 120.0 : i >= 36 ? 1 - (48 - i) / 120.0 : (i - 8) / 32.0;
      double bound = sorted[(int) (Math.min(1, Math.max(0, share)) * (sorted.length - 1))];
      if (bounds.isEmpty() || bound > bounds.get(bounds.size() - 1)) {
        bounds.add(bound);
      }
    }
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] grow(byte[][] bins, double[][] bounds, double[][] slopes, double[] odds) {
    double[] tree = new double[2 * SPLITS + SPLITS + 1];
    int[] node = new int[odds.length];
    for (int level = 0; level < DEPTH; level++) {
      int first = (1 << level) - 1;
      int count = 1 << level;
      double[] most = new double[count];
      for (int n = 0; n < count; n++) {
        tree[2 * (first + n)] = 0;
        tree[2 * (first + n) + 1] = Double.MAX_VALUE;
      }
      int[][] best = new int[count][2];
      Arrays.fill(best, new int[] {0, Integer.MAX_VALUE});
      for (int m = 0; m < bins.length; m++) {
        int size = bounds[m].length + 1;
        double[] sums = new double[count * size];
        double[] curves = new double[count * size];
        for (int i = 0; i < node.length; i++) {
          int at = (node[i] - first) * size + bins[m][i];
          sums[at] += slopes[0][i];
          curves[at] += slopes[1][i];
        }
        for (int n = 0; n < count; n++) {
          best(tree, first + n, n, m, sums, curves, bounds[m], most, best);
        }
      }
      for (int i = 0; i < node.length; i++) {
        int[] split = best[node[i] - first];
        node[i] = 2 * node[i] + (bins[split[0]][i] <= split[1] ? 1 : 2);
      }
    }
    double[] sums = new double[SPLITS + 1];
    double[] curves = new double[SPLITS + 1];
    for (int i = 0; i < node.length; i++) {
      sums[node[i] - SPLITS] += slopes[0][i];
      curves[node[i] - SPLITS] += slopes[1][i];
    }
    for (int leaf = 0; leaf < sums.length; leaf++) {
      tree[2 * SPLITS + leaf] = RATE * sums[leaf] / (curves[leaf] + RIDGE);
    }
    for (int i = 0; i < node.length; i++) {
      odds[i] += tree[2 * SPLITS + node[i] - SPLITS];
    }
    return tree;
  }

  private static void best(
      double[] tree,
      int at,
      int node,
      int measure,
      double[] sums,
      double[] curves,
      double[] bounds,
      double[] most,
      int[][] best) {
    int size = bounds.length + 1;
    double sum = 0;
    double curve = 0;
    for (int i = 0; i < size; i++) {
      sum += sums[node * size + i];
      curve += curves[node * size + i];
    }
    double left = 0;
    double leftCurve = 0;
    for (int i = 0; i < bounds.length; i++) {
      left += sums[node * size + i];
      leftCurve += curves[node * size + i];
      double right = sum - left;
      double rightCurve = curve - leftCurve;
      if (leftCurve < 1 || rightCurve < 1) {
        continue;
      }
      double gain =
          left * left / (leftCurve + RIDGE)
              + right * right / (rightCurve + RIDGE)
              - sum * sum / (curve + RIDGE);
      if (gain > most[node] + 1e-9) {
        most[node] = gain;
        best[node] = new int[] {measure, i};
        tree[2 * at] = measure;
        tree[2 * at + 1] = bounds[i];
      }
    }
  }

  List<@Nullable Object> plain() {
    List<@Nullable Object> plain = new ArrayList<>();
    plain.add(base);
    for (double[] tree : trees) {
      plain.add(ModelForm.doubles(tree));
    }
    return plain;
  }

  static Boosted of(List<@Nullable Object> plain) {
    double[][] trees = new double[plain.size() - 1][];
    for (int i = 0; i < trees.length; i++) {
      trees[i] = ModelForm.doubles(plain.get(i + 1));
    }
    return new Boosted(ModelForm.number(plain.get(0)), trees);
  }
}
