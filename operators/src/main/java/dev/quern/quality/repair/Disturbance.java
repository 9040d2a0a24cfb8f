package dev.quern.quality.repair;

import dev.quern.engine.RunContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes cells wrong on purpose, to see what errors of each kind look like in this very table: a
 * swap, another unit, a number far out, the value of another row, a slip. Drawn from the sample's
 * id.
 */
final class Disturbance {
  /** Swap, unit, far out, another row's value, slip. */
  static final int KINDS = 5;

  private static final double[] FACTORS = {1000, 2.54, 0.4536, 10, 0.001, 0.3048, 100, 1.609};

  private final List<FieldView> views;
  private final Table table;
  private final double[] means;
  private final double[] spreads;

  Disturbance(List<FieldView> views, Table table) {
    this.views = views;
    this.table = table;
    this.means = new double[views.size()];
    this.spreads = new double[views.size()];
    for (int field = 0; field < means.length; field++) {
      spread(field);
    }
  }

  /** Mean and deviation of the inner 99 %. */
  private void spread(int field) {
    FieldView view = views.get(field);
    if (!view.number()) {
      return;
    }
    double sum = 0;
    double squares = 0;
    int steps = 1000;
    for (int i = 5; i <= steps - 5; i++) {
      double value = view.quantile((double) i / steps);
      sum += value;
      squares += value * value;
    }
    int n = steps - 9;
    means[field] = sum / n;
    double variance = squares / n - means[field] * means[field];
    spreads[field] = Math.sqrt(Math.max(0, variance));
    if (spreads[field] <= 1e-12 * Math.abs(means[field])) {
      spreads[field] = view.width() / 4;
    }
  }

  /**
   * Makes cells of {@code row} wrong.
   *
   * @param seed what is drawn
   * @param kind which of the {@link #KINDS} kinds
   * @return the positions of the cells that are wrong now; none where the kind cannot strike
   */
  int[] strike(@Nullable String[] row, int kind, long seed) {
    int field = drawn(seed, 1, row.length);
    String cell = row[field];
    if (cell == null) {
      return new int[0];
    }
    FieldView view = views.get(field);
    double value = view.value(cell);
    String struck = cell;
    switch (kind) {
      case 0 -> {
        int other = drawn(seed, 3, row.length);
        String second = row[other];
        if (second == null || second.equals(cell)) {
          return new int[0];
        }
        row[field] = second;
        row[other] = cell;
        return new int[] {field, other};
      }
      case 1 -> {
        if (!Double.isNaN(value) && value != 0) {
          double factor = FACTORS[drawn(seed, 3, FACTORS.length)];
          BigDecimal digits = new BigDecimal(Measure.plain(BigDecimal.valueOf(value)));
          struck = Measure.plain(digits.multiply(BigDecimal.valueOf(factor)));
        }
      }
      case 2 -> {
        if (!Double.isNaN(value)) {
          double u = RunContext.unit(RunContext.draw(seed, 4, 0));
          double far = (4 + 16 * u) * spreads[field] * (drawn(seed, 5, 2) == 0 ? 1 : -1);
          struck =
              Measure.plain(
                  BigDecimal.valueOf(means[field] + far)
                      .setScale(view.decimals(), RoundingMode.HALF_EVEN));
        }
      }
      case 3 -> {
        String other = table.at(drawn(seed, 3, table.rows()), field);
        struck = other == null ? cell : other;
      }
      default -> struck = slip(cell, seed);
    }
    if (struck.equals(cell)) {
      return new int[0];
    }
    row[field] = struck;
    return new int[] {field};
  }

  private static String slip(String cell, long seed) {
    if (cell.length() < 3) {
      return cell;
    }
    int at = drawn(seed, 6, cell.length() - 1);
    char letter = (char) ('a' + drawn(seed, 7, 26));
    return switch (drawn(seed, 8, 4)) {
      case 0 -> cell.substring(0, at) + letter + cell.substring(at + 1);
      case 1 -> cell.substring(0, at) + letter + cell.substring(at);
      case 2 -> cell.substring(0, at) + cell.substring(at + 1);
      default ->
          cell.substring(0, at) + cell.charAt(at + 1) + cell.charAt(at) + cell.substring(at + 2);
    };
  }

  private static int drawn(long seed, int what, int below) {
    return (int) Long.remainderUnsigned(RunContext.draw(seed, what, 0), below);
  }
}
