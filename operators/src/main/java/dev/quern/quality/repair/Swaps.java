package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two cells of a row that stand in each other's field: each fits the other field much better than
 * its own.
 *
 * <p>fit = log of the share of cells with the value (for numbers: near it); both cells must gain 2,
 * together {@code LEAST}. How many rows do so by accident is counted with the second cell of
 * another row.
 *
 * @param shares how well texts fit each field: the log of their share
 * @param numbers how well numbers fit each field; absent for texts
 * @param shapes what texts that are not frequent look like
 * @param floor the log of a share that never occurs
 * @param confidence for each pair of fields, 0 where there is nothing to find
 */
record Swaps(
    List<Map<String, Double>> shares,
    List<@Nullable Distribution> numbers,
    List<Shapes> shapes,
    double floor,
    double[][] confidence) {
  private static final double EACH = 2;

  /** A certain value of those that are not frequent is that much rarer (log) than all of them. */
  private static final double UNKNOWN = 7;

  private static final double LEAST = 7;
  private static final int MOST_FIELDS = 40;

  static Swaps learn(Table table, List<Format> formats, Numbers numbers, List<Shapes> shapes) {
    List<Map<String, Double>> shares = new ArrayList<>();
    List<@Nullable Distribution> distributions = new ArrayList<>();
    double rows = Math.max(1, table.rows());
    for (int field = 0; field < table.fields(); field++) {
      Distribution distribution = numbers.fields().get(field);
      distributions.add(distribution);
      Map<String, Double> share = new HashMap<>();
      int[] counts = table.counts(field);
      for (int code = 0; code < counts.length; code++) {
        String value = table.values(field).get(code);
        if (counts[code] >= 3
            && (distribution == null || formats.get(field).atoms().contains(value))) {
          share.put(value, Math.log(counts[code] / rows));
        }
      }
      shares.add(share);
    }
    int fields = table.fields();
    Swaps swaps =
        new Swaps(shares, distributions, shapes, Math.log(0.1 / rows), new double[fields][fields]);
    swaps.test(table);
    return swaps;
  }

  private void test(Table table) {
    int fields = Math.min(MOST_FIELDS, table.fields());
    for (int i = 0; i < fields; i++) {
      for (int j = i + 1; j < fields; j++) {
        int found = 0;
        int accidents = 0;
        double[][] own = {fits(table, i, i), fits(table, j, j)};
        double[][] other = {fits(table, i, j), fits(table, j, i)};
        int[][] codes = {table.codes(i), table.codes(j)};
        for (int row = 0; row < table.rows(); row++) {
          int a = codes[0][row];
          int b = codes[1][row];
          int c = codes[1][row + 1 == table.rows() ? 0 : row + 1];
          if (a == Table.MISSING) {
            continue;
          }
          found += b != Table.MISSING && swapped(own, other, a, b) ? 1 : 0;
          accidents += c != Table.MISSING && swapped(own, other, a, c) ? 1 : 0;
        }
        confidence[i][j] = found == 0 ? 0.9 : Math.max(0, 1 - (accidents + 0.1) / found);
      }
    }
  }

  private static boolean swapped(double[][] own, double[][] other, int a, int b) {
    double first = other[1][b] - own[0][a];
    double second = other[0][a] - own[1][b];
    return first >= EACH && second >= EACH && first + second >= LEAST;
  }

  /** How well each value of {@code from} fits {@code to}. */
  private double[] fits(Table table, int from, int to) {
    List<String> values = table.values(from);
    double[] fits = new double[values.size()];
    for (int code = 0; code < fits.length; code++) {
      fits[code] = fit(to, values.get(code));
    }
    return fits;
  }

  private double fit(int field, String value) {
    Double share = shares.get(field).get(value);
    if (share != null) {
      return share;
    }
    Distribution distribution = numbers.get(field);
    if (distribution == null) {
      return shapes.get(field).fit(value, floor + UNKNOWN) - UNKNOWN;
    }
    Measure measure = Measure.of(value);
    if (measure == null || !measure.suffix().isEmpty()) {
      return floor;
    }
    if (Distribution.decimals(measure.digits()) > distribution.decimals()) {
      return floor;
    }
    return Math.max(floor, Math.log(distribution.near(measure.value())));
  }

  /** Adds what is wrong in {@code row}. */
  void judge(@Nullable String[] row, List<Finding> findings) {
    int fields = Math.min(MOST_FIELDS, row.length);
    double[] own = new double[fields];
    for (int field = 0; field < fields; field++) {
      String cell = row[field];
      own[field] = cell == null ? 0 : fit(field, cell);
    }
    int first = -1;
    int second = -1;
    double most = 0;
    for (int i = 0; i < fields; i++) {
      for (int j = i + 1; j < fields; j++) {
        String a = row[i];
        String b = row[j];
        if (a == null || b == null || confidence[i][j] < 0.5) {
          continue;
        }
        double gainI = own[i] > -EACH ? 0 : fit(i, b) - own[i];
        double gainJ = gainI < EACH ? 0 : fit(j, a) - own[j];
        if (gainI >= EACH && gainJ >= EACH && gainI + gainJ >= Math.max(LEAST, most)) {
          most = gainI + gainJ;
          first = i;
          second = j;
        }
      }
    }
    String a = first < 0 ? null : row[first];
    String b = second < 0 ? null : row[second];
    if (a != null && b != null) {
      findings.add(Finding.repaired(first, Rule.SWAPPED, confidence[first][second], b));
      findings.add(Finding.repaired(second, Rule.SWAPPED, confidence[first][second], a));
    }
  }
}
