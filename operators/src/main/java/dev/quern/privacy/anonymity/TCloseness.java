package dev.quern.privacy.anonymity;

import java.util.Arrays;

/**
 * The sensitive values of a class are spread about as in the whole table: the earth mover's
 * distance of the two distributions is at most t (Li, Li and Venkatasubramanian 2007, t-Closeness).
 *
 * @param attribute which sensitive field, from 0
 * @param t largest distance, inclusive, in [0, 1]
 * @param distance how far values lie from each other
 * @param whole samples of the table by code of the sensitive value
 */
public record TCloseness(int attribute, double t, Distance distance, long[] whole)
    implements PrivacyModel {
  private static final double ROUNDING = 1e-12;

  /** How far the values of a field lie from each other. */
  public sealed interface Distance {
    /** Returns the earth mover's distance of two distributions, in [0, 1]. */
    double between(double[] p, double[] q);
  }

  /** All values lie equally far apart: ½ Σ |p − q|. */
  public record Equal() implements Distance {
    @Override
    public double between(double[] p, double[] q) {
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        sum += Math.abs(p[i] - q[i]);
      }
      return sum / 2;
    }
  }

  /**
   * Values lie in an order: 1/(m − 1) · Σ_i |Σ_{j≤i} (p_j − q_j)|.
   *
   * @param order the codes of the m values, in order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Ordered(int[] order) implements Distance {
    @Override
    public double between(double[] p, double[] q) {
      double sum = 0;
      double moved = 0;
      for (int code : order) {
        moved += p[code] - q[code];
        sum += Math.abs(moved);
      }
      return order.length < 2 ? 0 : sum / (order.length - 1);
    }
  }

  /**
   * Values are leaves of a tree of height H; two lie h/H apart if the lowest node above both has
   * height h. Each node adds h/H · min(surplus, lack) of its children.
   *
   * @param levels the hierarchy of the sensitive field
   */
  public record Hierarchical(Levels levels) implements Distance {
    @Override
    public double between(double[] p, double[] q) {
      double[] extra = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        extra[i] = p[i] - q[i];
      }
      int height = levels.count() - 1;
      double sum = 0;
      double[] below = lowest(extra);
      for (int level = 1; level <= height; level++) {
        int[] step = levels.step(level - 1, level);
        int nodes = levels.cardinality(level);
        double[] surplus = new double[nodes];
        double[] lack = new double[nodes];
        double[] next = new double[nodes];
        for (int i = 0; i < step.length; i++) {
          next[step[i]] += below[i];
          surplus[step[i]] += Math.max(0, below[i]);
          lack[step[i]] += Math.max(0, -below[i]);
        }
        for (int i = 0; i < nodes; i++) {
          sum += (double) level / height * Math.min(surplus[i], lack[i]);
        }
        below = next;
      }
      return sum;
    }

    private double[] lowest(double[] extra) {
      double[] below = new double[levels.cardinality(0)];
      for (int code = 0; code < extra.length; code++) {
        if (levels.codes(0)[code] >= 0) {
          below[levels.codes(0)[code]] += extra[code];
        }
      }
      return below;
    }
  }

  @Override
  public void judge(Classes classes, boolean[] kept) {
    double[] q = shares(whole, Arrays.stream(whole).sum());
    classes.spread(
        attribute,
        (one, spread, samples) ->
            kept[one] = kept[one] && distance.between(shares(spread, samples), q) <= t + ROUNDING);
  }

  /** Returns {@code counts} as fractions of their sum {@code total}. */
  public static double[] shares(long[] counts, long total) {
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = total == 0 ? 0 : (double) counts[i] / total;
    }
    return shares;
  }

  @Override
  public boolean isMonotone() {
    return false;
  }
}
