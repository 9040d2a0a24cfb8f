package dev.quern.quality.repair;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against each cell of a row: how likely its class is beside the others, how far out
 * and how lonely a number is, how much a swap or a factor between units would explain.
 */
final class RowMeasures {
  /** How many measures a cell has. */
  static final int COUNT = 21;

  private static final double FLOOR = -11;
  private static final double MOST = 30;
  private static final double[] FACTORS = {
    1000,
    0.001,
    100,
    0.01,
    10,
    0.1,
    2.54,
    1 / 2.54,
    0.4536,
    1 / 0.4536,
    0.3048,
    1 / 0.3048,
    1.609,
    1 / 1.609,
    28.35,
    1 / 28.35,
    3.785,
    1 / 3.785,
    60,
    1 / 60.0
  };

  private final List<FieldView> views;
  private final List<Shapes> shapes;
  private final double[] usual;
  private final double rows;
  private final @Nullable String[] row;
  private final double[][] logs;
  private final int[] classes;
  private final double[] numbers;
  private final double[] fits;

  /** Which field a cell would better stand in, −1 where in none. */
  final int[] partner;

  /** How much the best factor explains. */
  final double[] factor;

  /**
   * Looks at a row.
   *
   * @param logs logs of the shares of the classes of each field beside the others of the row
   * @param usual mean of the log of a cell's share by field
   * @param rows how many rows were learnt from
   */
  RowMeasures(
      List<FieldView> views,
      List<Shapes> shapes,
      double[] usual,
      double rows,
      @Nullable String[] row,
      int[] classes,
      double[][] logs) {
    this.views = views;
    this.shapes = shapes;
    this.usual = usual;
    this.rows = rows;
    this.row = row;
    this.classes = classes;
    this.logs = logs;
    int fields = views.size();
    this.partner = new int[fields];
    this.factor = new double[fields];
    this.numbers = new double[fields];
    this.fits = new double[fields];
    for (int field = 0; field < fields; field++) {
      String cell = row[field];
      Measure measure = cell == null ? null : Measure.of(cell);
      numbers[field] =
          measure == null || !measure.suffix().isEmpty() ? Double.NaN : measure.value();
      fits[field] = cell == null ? 0 : fit(field, field);
    }
  }

  /** How well the cell of {@code from} would stand in {@code to}: the log of its share there. */
  private double fit(int to, int from) {
    String cell = row[from];
    FieldView view = views.get(to);
    Integer known = cell == null ? Integer.valueOf(0) : view.classes().get(cell);
    if (cell == null || known != null) {
      return logs[to][known == null ? 0 : known];
    }
    if (view.number()) {
      double value = to == from ? view.value(cell) : numbers[from];
      return Double.isNaN(value) ? FLOOR : fit(to, value, cell);
    }
    double look = view.counts().containsKey(cell) ? -1 : shapes.get(to).fit(cell, -9);
    return Math.max(FLOOR, logs[to][FieldView.OTHER] + look);
  }

  private double fit(int to, double value, String cell) {
    FieldView view = views.get(to);
    double outside = 6 * Math.min(1.5, view.beyond(value));
    return Math.max(FLOOR, logs[to][view.classOf(value)] - outside - 2 * excess(view, cell));
  }

  private static int excess(FieldView view, String cell) {
    Measure measure = Measure.of(cell);
    int more = measure == null ? 0 : Distribution.decimals(measure.digits()) - view.decimals();
    return Math.min(3, Math.max(0, more));
  }

  /**
   * Returns the measures of every cell, empty for missing ones.
   *
   * @param counted whether the row is one of those that were counted
   * @param strange how far each number lies from its neighbours in order, in their spreads
   */
  double[][] all(boolean counted, double[] strange) {
    int fields = views.size();
    double[] first = new double[fields];
    double[] second = new double[fields];
    swaps(first, second);
    double[] surprise = new double[fields];
    for (int field = 0; field < fields; field++) {
      surprise[field] = row[field] == null ? 0 : usual[field] - fits[field];
    }
    double[][] all = new double[fields][0];
    for (int field = 0; field < fields; field++) {
      String cell = row[field];
      if (cell == null) {
        continue;
      }
      double others = 0;
      for (int other = 0; other < fields; other++) {
        others = other == field ? others : Math.max(others, surprise[other]);
      }
      double[] measures = new double[COUNT];
      likelihood(field, cell, counted, measures);
      number(field, cell, counted, measures);
      measures[10] = first[field];
      measures[11] = second[field];
      measures[13] = Math.min(MOST, strange[field]);
      measures[17] = others;
      measures[18] = surprise[field] - others;
      measures[19] = surprise[field];
      all[field] = measures;
    }
    return all;
  }

  private void likelihood(int field, String cell, boolean counted, double[] measures) {
    FieldView view = views.get(field);
    double best = Double.NEGATIVE_INFINITY;
    double disorder = 0;
    for (int i = FieldView.OTHER; i < logs[field].length; i++) {
      best = Math.max(best, logs[field][i]);
      disorder -= Math.exp(logs[field][i]) * logs[field][i];
    }
    double log = logs[field][classes[field]];
    Integer count = view.counts().get(cell);
    double times = count == null ? 0 : counted ? count - 1 : count;
    measures[0] = fits[field];
    measures[1] = log - Math.log(view.shares()[classes[field]]);
    measures[2] = best - log;
    measures[3] = Math.log((times + 0.5) / rows);
    measures[14] = view.number() ? Math.log(view.width() / core(view)) : -1;
    measures[15] = view.number() ? 1 : 0;
    measures[16] = Math.log(view.size());
    measures[20] = disorder;
  }

  private static double core(FieldView view) {
    double core = view.quantile(0.75) - view.quantile(0.25);
    return Math.max(core, view.width() / 1000);
  }

  private void number(int field, String cell, boolean counted, double[] measures) {
    FieldView view = views.get(field);
    double value = view.value(cell);
    if (Double.isNaN(value)) {
      return;
    }
    double median = view.quantile(0.5);
    double low = view.quantile(0.02);
    measures[4] = Math.log1p(Math.abs(value - median) / core(view));
    measures[5] = Math.log1p(10 * view.beyond(value));
    measures[6] = measures[5];
    if (low > 0) {
      double width = Math.log(view.quantile(0.98) / low);
      double beyond =
          value <= 0
              ? 3
              : Math.max(0, Math.max(Math.log(value / view.quantile(0.98)), Math.log(low / value)));
      measures[6] = Math.log1p(10 * Math.min(3, beyond / Math.max(width, 0.05)));
    }
    int nearest = Math.max(2, (int) Math.round(0.008 * view.sorted().length));
    measures[7] = Math.log1p(20 * view.gap(value, counted ? nearest + 1 : nearest));
    measures[8] = value < 0 && low >= 0 ? 1 : 0;
    measures[9] = excess(view, cell);
    double most = 0;
    for (double by : FACTORS) {
      double other = value * by;
      double fit =
          logs[field][view.classOf(other)] - 6 * Math.min(1.5, view.beyond(other)) - fits[field];
      most = Math.max(most, fit);
    }
    factor[field] = most;
    measures[12] = most;
  }

  private void swaps(double[] first, double[] second) {
    int fields = Math.min(40, views.size());
    java.util.Arrays.fill(partner, -1);
    for (int i = 0; i < fields; i++) {
      for (int j = i + 1; j < fields; j++) {
        if (row[i] == null || row[j] == null || row[i].equals(row[j])) {
          continue;
        }
        double a = fit(i, j) - fits[i];
        double b = fit(j, i) - fits[j];
        if (a + b > first[i]) {
          first[i] = a + b;
          second[i] = Math.min(a, b);
          partner[i] = j;
        }
        if (a + b > first[j]) {
          first[j] = a + b;
          second[j] = Math.min(a, b);
          partner[j] = i;
        }
      }
    }
  }
}
