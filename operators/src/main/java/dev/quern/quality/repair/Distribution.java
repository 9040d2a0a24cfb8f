package dev.quern.quality.repair;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbers of a field: quantiles, the value most frequent, the decimals they are written with.
 *
 * @param grid the quantiles 0, 1/256 … 1 of all numbers
 * @param bulk the same of the numbers without the mode where that holds a third of them
 * @param common values that occur too often to be accidents
 * @param inBulk how many numbers the bulk holds
 * @param count how many numbers there are
 * @param decimals decimals that 97 % of the numbers do with
 * @param positive whether all numbers but accidents are above zero
 * @param unsigned whether all numbers but accidents are zero or above
 * @param units how sure a number with too many decimals is one in another unit, where a factor
 *     makes it one of the field's
 */
record Distribution(
    double[] grid,
    double[] bulk,
    Set<Double> common,
    int inBulk,
    int count,
    int decimals,
    boolean positive,
    boolean unsigned,
    double units) {
  private static final int STEPS = 256;
  private static final double MODE = 0.3;

  /** How many numbers of more decimals some factor fits by accident: about Σ 1 / its digits. */
  private static final double CHANCE = 0.06;

  /** A negative number among others is that much rarer than one as far out on the other side. */
  private static final double NEGATIVE = 0.02;

  /** Share of the numbers below which those beside the mode may be accidents, all of them. */
  private static final double SPARSE = 0.08;

  private static final double COMMON = 0.0015;
  private static final double ACCIDENTS = 0.03;
  private static final double[][] TAILS = {{0.5, 0.9}, {0.8, 0.95}, {0.9, 0.97}};

  /** Learns from the numbers of {@code field}. */
  static Distribution learn(Table table, int field, Format format) {
    List<String> texts = table.values(field);
    int[] counts = table.counts(field);
    List<double[]> numbers = new ArrayList<>();
    int[] decimals = new int[20];
    int total = 0;
    for (int code = 0; code < counts.length; code++) {
      Measure measure =
          format.atoms().contains(texts.get(code)) ? null : Measure.of(texts.get(code));
      if (measure != null && format.fits(texts.get(code))) {
        numbers.add(new double[] {measure.value(), counts[code]});
        total += counts[code];
        decimals[Math.min(19, decimals(measure.digits()))] += counts[code];
      }
    }
    numbers.sort((a, b) -> Double.compare(a[0], b[0]));
    double[] mode = {0, 0};
    int below = 0;
    int negative = 0;
    for (double[] number : numbers) {
      mode = number[1] > mode[1] ? number : mode;
      negative += number[0] < 0 ? (int) number[1] : 0;
      below += number[0] <= 0 ? (int) number[1] : 0;
    }
    double[] all = spread(numbers, total, Double.NaN);
    boolean inflated = mode[1] > MODE * total;
    double[] bulk = inflated ? spread(numbers, total - (int) mode[1], mode[0]) : all;
    return new Distribution(
        quantiles(all),
        quantiles(bulk),
        common(numbers, total),
        bulk.length,
        total,
        least(decimals, total),
        below <= 0.01 * total,
        negative <= 0.02 * total,
        0);
  }

  /** Returns this with the share of numbers in another unit that are none by accident. */
  Distribution tested(Table table, int field) {
    int[] counts = table.counts(field);
    double fine = 0;
    double converted = 0;
    for (int code = 0; code < counts.length; code++) {
      Measure measure = Measure.of(table.values(field).get(code));
      if (measure != null && decimals(measure.plain()) > decimals) {
        fine += counts[code];
        converted += Numbers.converted(this, measure, false) == null ? 0 : counts[code];
      }
    }
    double sure = Math.max(0, 1 - (0.1 + CHANCE * fine) / (converted + 0.1));
    return new Distribution(grid, bulk, common, inBulk, count, decimals, positive, unsigned, sure);
  }

  private static Set<Double> common(List<double[]> numbers, int total) {
    Set<Double> common = new HashSet<>();
    for (double[] number : numbers) {
      if (number[1] >= Math.max(5, COMMON * total)) {
        common.add(number[0]);
      }
    }
    return common;
  }

  private static double[] spread(List<double[]> numbers, int size, double without) {
    double[] all = new double[size];
    int at = 0;
    for (double[] number : numbers) {
      if (number[0] != without) {
        Arrays.fill(all, at, at + (int) number[1], number[0]);
        at += (int) number[1];
      }
    }
    return all;
  }

  private static double[] quantiles(double[] sorted) {
    double[] grid = new double[sorted.length == 0 ? 0 : STEPS + 1];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = sorted[(int) Math.round((double) i / STEPS * (sorted.length - 1))];
    }
    return grid;
  }

  private static int least(int[] decimals, int total) {
    int seen = 0;
    for (int d = 0; d < decimals.length; d++) {
      seen += decimals[d];
      if (seen >= (1 - ACCIDENTS) * total) {
        return d;
      }
    }
    return decimals.length - 1;
  }

  /** Returns the decimals {@code digits} needs, without closing zeros. */
  static int decimals(String digits) {
    BigDecimal number = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    return number.signum() == 0 ? 0 : Math.max(0, number.stripTrailingZeros().scale());
  }

  boolean isKnown() {
    return count >= 30;
  }

  /**
   * Returns how many numbers at least as far out as {@code x} are to be expected: the tail goes on
   * exponentially from its outer tenth, in numbers or in their logarithms, whichever reaches
   * farther.
   */
  double expectedBeyond(double x) {
    if (common.contains(x)) {
      return count;
    }
    if (inBulk < Math.max(30, SPARSE * count)) {
      return beside(x);
    }
    double median = quantile(bulk, 0.5);
    boolean upper = x >= median;
    if (unsigned && x < 0) {
      return tail(x, false, false) * NEGATIVE;
    }
    double plain = tail(x, upper, false);
    boolean logarithmic = positive && x > 0 && quantile(bulk, 0.02) > 0;
    return logarithmic ? Math.max(plain, tail(x, upper, true)) : plain;
  }

  /** A field of nearly one value: what lies well beyond the common values is not expected. */
  private double beside(double x) {
    if (common.isEmpty()) {
      return count;
    }
    double least = Collections.min(common);
    double most = Collections.max(common);
    double room = Math.max(most - least, Math.max(Math.abs(most), Math.abs(least)) / 2);
    return x > most + 2 * room || x < least - 2 * room ? 0.01 : count;
  }

  private double tail(double x, boolean upper, boolean logarithmic) {
    double slowest = 0;
    for (double[] pair : TAILS) {
      double inner = at(upper ? pair[0] : 1 - pair[0], logarithmic);
      double outer = at(upper ? pair[1] : 1 - pair[1], logarithmic);
      slowest =
          Math.max(slowest, Math.abs(outer - inner) / Math.log((1 - pair[0]) / (1 - pair[1])));
    }
    double from = at(upper ? 0.9 : 0.1, logarithmic);
    double beyond = (upper ? 1 : -1) * ((logarithmic ? Math.log(x) : x) - from);
    if (beyond <= 0) {
      return inBulk;
    }
    double range = logarithmic ? 0 : quantile(grid, 0.98) - quantile(grid, 0.02);
    slowest = Math.max(slowest, Math.max(range / 12, 1e-9 * Math.max(1, Math.abs(from))));
    return 0.1 * inBulk * Math.exp(-beyond / slowest);
  }

  private double at(double share, boolean logarithmic) {
    double value = quantile(bulk, share);
    return logarithmic ? Math.log(Math.max(value, Double.MIN_NORMAL)) : value;
  }

  static double quantile(double[] grid, double share) {
    double at = share * (grid.length - 1);
    int low = (int) at;
    int high = Math.min(grid.length - 1, low + 1);
    return grid[low] + (at - low) * (grid[high] - grid[low]);
  }

  /** Returns the share of numbers in the neighbourhood of {@code x}, at least 0. */
  double near(double x) {
    double width = (quantile(grid, 0.95) - quantile(grid, 0.05)) / 20;
    if (width == 0) {
      width = Math.max(Math.abs(quantile(grid, 0.5)), 1) / 20;
    }
    return below(x + width) - below(x - width);
  }

  private double below(double x) {
    if (x < grid[0]) {
      return 0;
    }
    int at = Arrays.binarySearch(grid, x);
    if (at >= 0) {
      while (at + 1 < grid.length && grid[at + 1] == x) {
        at++;
      }
      return (double) at / (grid.length - 1);
    }
    int high = -at - 1;
    if (high >= grid.length) {
      return 1;
    }
    double part = (x - grid[high - 1]) / (grid[high] - grid[high - 1]);
    return (high - 1 + part) / (grid.length - 1);
  }

  /** Rounds {@code x} to the decimals of the field. */
  String written(double x) {
    return Measure.plain(
        new BigDecimal(x, MathContext.DECIMAL64)
            .setScale(decimals, java.math.RoundingMode.HALF_EVEN));
  }
}
