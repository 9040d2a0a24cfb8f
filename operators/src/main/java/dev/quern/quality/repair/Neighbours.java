package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the samples before and after let expect of a number, where a field goes on smoothly: in the
 * order of the ranks, or in that order within the groups of another field.
 *
 * <p>expected = median of as many numbers on either side, up to two, within three samples; spread =
 * the larger of three quarters of the deviations around there and a third of the largest tenth in
 * the whole field. A field goes on smoothly where the median deviation is below half of that from
 * samples elsewhere.
 */
final class Neighbours {
  private static final int REACH = 3;
  private static final int AROUND = 15;
  private static final double SMOOTH = 0.5;
  private static final double BETTER = 0.8;
  private static final int MOST_GROUPINGS = 6;
  private static final double LEAST = 2.5;

  private final List<FieldView> views;

  /** Expected number and spread of each field by row; empty where the field is not smooth. */
  private final double[][] expected;

  private final double[][] spread;

  private Neighbours(List<FieldView> views) {
    this.views = views;
    this.expected = new double[views.size()][0];
    this.spread = new double[views.size()][0];
  }

  /** Looks at the rows of {@code table}, which are in the order of their ranks. */
  static Neighbours learn(Table table, List<FieldView> views) {
    Neighbours neighbours = new Neighbours(views);
    double[][] numbers = new double[views.size()][];
    double[] least = new double[views.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int field = 0; field < numbers.length; field++) {
      FieldView view = views.get(field);
      double[] byCode = table.values(field).stream().mapToDouble(view::value).toArray();
      numbers[field] = new double[table.rows()];
      for (int row = 0; row < table.rows(); row++) {
        int code = table.codes(field)[row];
        numbers[field][row] = code == Table.MISSING ? Double.NaN : byCode[code];
      }
    }
    for (int[] order : orders(table)) {
      for (int field = 0; field < numbers.length; field++) {
        if (views.get(field).number()) {
          neighbours.look(field, numbers[field], order, least);
        }
      }
    }
    return neighbours;
  }

  private static List<int[]> orders(Table table) {
    List<int[]> orders = new ArrayList<>();
    int[] plain = IntStream.range(0, table.rows()).toArray();
    orders.add(plain);
    for (int field = 0; field < table.fields() && orders.size() <= MOST_GROUPINGS; field++) {
      int groups = table.values(field).size();
      if (groups >= 2 && groups <= table.rows() / 20) {
        int[] codes = table.codes(field);
        orders.add(
            Arrays.stream(plain)
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> codes[row]))
                .mapToInt(Integer::intValue)
                .toArray());
      }
    }
    return orders;
  }

  private void look(int field, double[] numbers, int[] order, double[] least) {
    int rows = order.length;
    double[] at = new double[rows];
    double[] next = new double[rows];
    double[] off = new double[rows];
    double[] elsewhere = new double[rows];
    for (int i = 0; i < rows; i++) {
      at[i] = numbers[order[i]];
    }
    for (int i = 0; i < rows; i++) {
      next[i] = around(at, i);
      off[i] = Math.abs(at[i] - next[i]);
      elsewhere[i] = Math.abs(at[(int) ((i + rows / 2L + 7L * i % 97) % rows)] - next[i]);
    }
    double median = share(off, 0, rows, 0.5);
    double plain = share(elsewhere, 0, rows, 0.5);
    double high = share(off, 0, rows, 0.9);
    if (Double.isNaN(median)
        || Double.isNaN(plain)
        || high <= 0
        || median > SMOOTH * plain
        || median > BETTER * least[field]) {
      return;
    }
    least[field] = median;
    double[] expected = new double[rows];
    double[] spread = new double[rows];
    for (int i = 0; i < rows; i++) {
      double local = share(off, Math.max(0, i - AROUND), Math.min(rows, i + AROUND + 1), 0.75);
      expected[order[i]] = next[i];
      spread[order[i]] = Math.max(Double.isNaN(local) ? 0 : local / 1.15, high / 3.3);
    }
    this.expected[field] = expected;
    this.spread[field] = spread;
  }

  /** The median of as many numbers, up to two, on either side; NaN at the end of a stretch. */
  private static double around(double[] at, int i) {
    double[][] sides = {side(at, i, -1), side(at, i, 1)};
    int taken = Math.min(sides[0].length, sides[1].length);
    if (taken == 0) {
      return Double.NaN;
    }
    double[] near = new double[2 * taken];
    System.arraycopy(sides[0], 0, near, 0, taken);
    System.arraycopy(sides[1], 0, near, taken, taken);
    Arrays.sort(near);
    return (near[taken - 1] + near[taken]) / 2;
  }

  private static double[] side(double[] at, int i, int direction) {
    return IntStream.rangeClosed(1, REACH)
        .map(step -> i + direction * step)
        .filter(other -> other >= 0 && other < at.length && !Double.isNaN(at[other]))
        .limit(2)
        .mapToDouble(other -> at[other])
        .toArray();
  }

  private static double share(double[] values, int from, int to, double share) {
    double[] sorted =
        Arrays.stream(values, from, to).filter(value -> !Double.isNaN(value)).sorted().toArray();
    return sorted.length < 5 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))];
  }

  /** Returns whether any field goes on smoothly. */
  boolean any() {
    return Arrays.stream(expected).anyMatch(field -> field.length > 0);
  }

  /**
   * Returns how far the numbers of {@code row}, which stands at {@code place}, lie from what is
   * expected: the log of one more than the spreads; 0 below {@value #LEAST} of them.
   */
  double[] strange(int place, @Nullable String[] row) {
    double[] strange = new double[row.length];
    for (int field = 0; field < row.length; field++) {
      double[] middle = expected[field];
      double[] width = spread[field];
      if (middle.length == 0 || width.length == 0) {
        continue;
      }
      double off = Math.abs(views.get(field).value(row[field]) - middle[place]) / width[place];
      if (off > LEAST) {
        strange[field] = Math.round(64 * Math.log1p(off)) / 64.0;
      }
    }
    return strange;
  }
}
