package dev.quern.quality.repair;

import dev.quern.engine.RunContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Foretells the class of a cell from the classes of the others of its row: trees whose leaves hold
 * the logs of the classes' shares. Splits lower Gini's impurity most among fields drawn by the tree
 * and the node.
 *
 * @param trees each a list of nodes; a node is {field, class, kind, yes, no} or {leaf}
 * @param leaves logs of the shares, in sixteenths, negated, one byte a class
 * @param size how many classes there are
 */
record Forest(int[][][] trees, byte[][] leaves, int size) {
  private static final int TREES = 10;
  private static final int DEPTH = 7;
  private static final int LEAST = 8;
  private static final double PRIOR = 1;

  /** Learns to foretell {@code target} in {@code rows}, whose classes are {@code classes}. */
  static Forest learn(int[][] classes, int[] sizes, int target, int[] rows, double[] prior) {
    Growth growth = new Growth(classes, sizes, target, prior);
    int[][][] trees = new int[TREES][][];
    for (int tree = 0; tree < TREES; tree++) {
      trees[tree] = growth.tree(tree, rows);
    }
    return new Forest(trees, growth.leaves.toArray(byte[][]::new), sizes[target]);
  }

  /** Returns the logs of the shares of the classes in a row like {@code row}. */
  double[] logs(int[] row) {
    double[] shares = new double[size];
    for (int[][] tree : trees) {
      byte[] leaf = leaves[leaf(tree, row)];
      for (int i = 0; i < size; i++) {
        shares[i] += SHARES[leaf[i] & 0xff];
      }
    }
    for (int i = 0; i < size; i++) {
      shares[i] = Math.log(shares[i] / trees.length);
    }
    return shares;
  }

  private static final double[] SHARES = new double[256];

  static {
    for (int i = 0; i < SHARES.length; i++) {
      SHARES[i] = Math.exp(-i / 16.0);
    }
  }

  private static int leaf(int[][] tree, int[] row) {
    int at = 0;
    while (tree[at].length > 1) {
      int[] node = tree[at];
      int cell = row[node[0]];
      at = (node[2] == 0 ? cell <= node[1] : cell == node[1]) ? node[3] : node[4];
    }
    return tree[at][0];
  }

  /** Returns this as texts: the nodes and the leaves. */
  List<@Nullable Object> plain() {
    List<@Nullable Object> plain = new ArrayList<>();
    plain.add((long) size);
    StringBuilder nodes = new StringBuilder();
    for (int[][] tree : trees) {
      for (int[] node : tree) {
        for (int part : node) {
          nodes.append(part).append(' ');
        }
        nodes.append(',');
      }
      nodes.append(';');
    }
    plain.add(nodes.toString());
    byte[] all = new byte[leaves.length * size];
    for (int i = 0; i < leaves.length; i++) {
      System.arraycopy(leaves[i], 0, all, i * size, size);
    }
    plain.add(Base64.getEncoder().encodeToString(all));
    return plain;
  }

  static Forest of(List<@Nullable Object> plain) {
    int size = ModelForm.whole(plain.get(0));
    List<int[][]> trees = new ArrayList<>();
    for (String tree : ModelForm.text(plain.get(1)).split(";")) {
      List<int[]> nodes = new ArrayList<>();
      for (String node : tree.split(",")) {
        nodes.add(Arrays.stream(node.trim().split(" ")).mapToInt(Integer::parseInt).toArray());
      }
      trees.add(nodes.toArray(int[][]::new));
    }
    byte[] all = Base64.getDecoder().decode(ModelForm.text(plain.get(2)));
    byte[][] leaves = new byte[all.length / size][];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = Arrays.copyOfRange(all, i * size, (i + 1) * size);
    }
    return new Forest(trees.toArray(int[][][]::new), leaves, size);
  }

  /** Grows trees. */
  private static final class Growth {
    private final int[][] classes;
    private final int[] sizes;
    private final int target;
    private final double[] prior;
    private final int tried;
    private List<int[]> nodes = new ArrayList<>();
    final List<byte[]> leaves = new ArrayList<>();

    Growth(int[][] classes, int[] sizes, int target, double[] prior) {
      this.classes = classes;
      this.sizes = sizes;
      this.target = target;
      this.prior = prior;
      int others = sizes.length - 1;
      this.tried = Math.min(others, Math.max(4, Math.min(12, others / 2)));
    }

    int[][] tree(int tree, int[] rows) {
      nodes = new ArrayList<>();
      int[] drawn =
          Arrays.stream(rows)
              .filter(row -> Long.remainderUnsigned(RunContext.draw(11, tree, row), 3) < 2)
              .toArray();
      grow(drawn.length == 0 ? rows : drawn, 0, tree);
      return nodes.toArray(int[][]::new);
    }

    private int grow(int[] rows, int depth, int tree) {
      int at = nodes.size();
      nodes.add(new int[0]);
      int[] split = depth >= DEPTH || rows.length < 2 * LEAST ? null : split(rows, tree, at);
      if (split == null) {
        nodes.set(at, new int[] {leaf(rows)});
        return at;
      }
      int[] field = classes[split[0]];
      int[] yes = Arrays.stream(rows).filter(row -> goes(split, field[row])).toArray();
      int[] no = Arrays.stream(rows).filter(row -> !goes(split, field[row])).toArray();
      int left = grow(yes, depth + 1, tree);
      int right = grow(no, depth + 1, tree);
      nodes.set(at, new int[] {split[0], split[1], split[2], left, right});
      return at;
    }

    private static boolean goes(int[] split, int cell) {
      return split[2] == 0 ? cell <= split[1] : cell == split[1];
    }

    private int leaf(int[] rows) {
      double[] counts = new double[sizes[target]];
      for (int row : rows) {
        counts[classes[target][row]]++;
      }
      byte[] leaf = new byte[counts.length];
      for (int i = 0; i < leaf.length; i++) {
        double share = (counts[i] + PRIOR * prior[i]) / (rows.length + PRIOR);
        leaf[i] = (byte) Math.min(255, Math.round(-16 * Math.log(share)));
      }
      leaves.add(leaf);
      return leaves.size() - 1;
    }

    private int @Nullable [] split(int[] rows, int tree, int node) {
      int[] best = null;
      int values = sizes[target];
      double most = 1e-6 * rows.length;
      int[] all = new int[values];
      for (int row : rows) {
        all[classes[target][row]]++;
      }
      double whole = squares(all) / rows.length;
      for (int field : drawn(tree, node)) {
        int[][] counts = new int[sizes[field]][values];
        int[] sums = new int[sizes[field]];
        for (int row : rows) {
          counts[classes[field][row]][classes[target][row]]++;
          sums[classes[field][row]]++;
        }
        int[] below = new int[values];
        int seen = 0;
        for (int cell = 0; cell < counts.length; cell++) {
          if (sums[cell] == 0) {
            continue;
          }
          seen += sums[cell];
          for (int i = 0; i < values; i++) {
            below[i] += counts[cell][i];
          }
          double gain = gain(all, below, rows.length, seen) - whole;
          if (gain > most) {
            most = gain;
            best = new int[] {field, cell, 0};
          }
          gain = gain(all, counts[cell], rows.length, sums[cell]) - whole;
          if (gain > most) {
            most = gain;
            best = new int[] {field, cell, 1};
          }
        }
      }
      return best;
    }

    private static double gain(int[] all, int[] part, int rows, int seen) {
      if (seen < LEAST || rows - seen < LEAST) {
        return 0;
      }
      double inside = 0;
      double outside = 0;
      for (int i = 0; i < all.length; i++) {
        inside += (double) part[i] * part[i];
        double rest = all[i] - part[i];
        outside += rest * rest;
      }
      return inside / seen + outside / (rows - seen);
    }

    private static double squares(int[] counts) {
      double sum = 0;
      for (int count : counts) {
        sum += (double) count * count;
      }
      return sum;
    }

    private int[] drawn(int tree, int node) {
      List<long[]> draws = new ArrayList<>();
      for (int field = 0; field < sizes.length; field++) {
        if (field != target) {
          draws.add(new long[] {RunContext.draw(13, tree * 1_000_003L + node, field), field});
        }
      }
      draws.sort((a, b) -> Long.compare(a[0], b[0]));
      return draws.stream().limit(tried).mapToInt(draw -> (int) draw[1]).toArray();
    }
  }
}
