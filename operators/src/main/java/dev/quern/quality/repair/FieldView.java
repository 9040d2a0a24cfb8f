package dev.quern.quality.repair;

import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A field in classes: numbers in classes of like share, texts by value. The classes are what cells
 * are foretold in.
 *
 * @param number whether the field holds numbers
 * @param decimals decimals nearly all numbers do with
 * @param edges least number of each class of numbers but the first, ascending
 * @param sorted quantiles of the numbers, at most 1,025, ascending
 * @param classes class of each frequent text
 * @param counts how often texts and numbers occur that do so at least twice
 * @param shares share of each class
 * @param single share of cells whose value occurs once
 */
record FieldView(
    boolean number,
    int decimals,
    double[] edges,
    double[] sorted,
    Map<String, Integer> classes,
    Map<String, Integer> counts,
    double[] shares,
    double single) {
  /** Class of missing cells. */
  static final int MISSING = 0;

  /** Class of texts that are not frequent. */
  static final int OTHER = 1;

  private static final int FIRST = 2;
  private static final int MOST_CLASSES = 20;
  private static final int MOST_TEXTS = 24;
  private static final int MOST_COUNTED = 20_000;
  private static final int STEPS = 1_024;

  static FieldView learn(Table table, int field, Format format) {
    int[] counts = table.counts(field);
    List<String> values = table.values(field);
    List<Integer> byCount = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    int[] decimals = new int[20];
    for (int code = 0; code < counts.length; code++) {
      String text = values.get(code);
      Measure measure = number(format, text);
      if (measure == null) {
        byCount.add(code);
      } else {
        numbers.add(new double[] {measure.value(), counts[code]});
        decimals[Math.min(19, Distribution.decimals(measure.digits()))] += counts[code];
      }
    }
    byCount.sort(
        Comparator.comparingInt((Integer code) -> -counts[code]).thenComparing(values::get));
    double[] all = spread(numbers);
    double[] edges = edges(all);
    Map<String, Integer> classes = new HashMap<>();
    int next = FIRST + (all.length == 0 ? 0 : edges.length + 1);
    for (int code : byCount) {
      if (classes.size() < MOST_TEXTS && counts[code] >= Math.max(3, 0.001 * table.rows())) {
        classes.put(values.get(code), next++);
      }
    }
    FieldView view =
        new FieldView(
            format.number() && all.length > 0,
            least(decimals, all.length),
            edges,
            quantiles(all),
            classes,
            counted(values, counts),
            new double[next],
            0);
    return view.shared(table, field);
  }

  private static @Nullable Measure number(Format format, String text) {
    if (!format.number() || format.atoms().contains(text)) {
      return null;
    }
    Measure measure = Measure.of(text);
    return measure != null && measure.suffix().equals(format.suffix()) ? measure : null;
  }

  private static double[] spread(List<double[]> numbers) {
    numbers.sort(Comparator.comparingDouble(number -> number[0]));
    double[] all = new double[numbers.stream().mapToInt(number -> (int) number[1]).sum()];
    int at = 0;
    for (double[] number : numbers) {
      Arrays.fill(all, at, at + (int) number[1], number[0]);
      at += (int) number[1];
    }
    return all;
  }

  private static double[] edges(double[] all) {
    List<Double> edges = new ArrayList<>();
    double last = all.length == 0 ? 0 : all[0];
    for (int i = 1; i < MOST_CLASSES && all.length > 0; i++) {
      double edge = all[(int) ((long) i * all.length / MOST_CLASSES)];
      if (edge > last) {
        edges.add(edge);
        last = edge;
      }
    }
    // Few values: each its own class, the rare ones at the ends too.
    double[] distinct = Arrays.stream(all).distinct().toArray();
    if (distinct.length > 1 && distinct.length <= MOST_CLASSES + MOST_TEXTS) {
      return Arrays.copyOfRange(distinct, 1, distinct.length);
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] quantiles(double[] all) {
    if (all.length <= STEPS + 1) {
      return all;
    }
    double[] quantiles = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      quantiles[i] = all[(int) ((long) i * (all.length - 1) / STEPS)];
    }
    return quantiles;
  }

  private static int least(int[] decimals, int total) {
    int seen = 0;
    for (int d = 0; d < decimals.length; d++) {
      seen += decimals[d];
      if (seen >= 0.97 * total) {
        return d;
      }
    }
    return decimals.length - 1;
  }

  private static Map<String, Integer> counted(List<String> values, int[] counts) {
    Map<String, Integer> counted = new HashMap<>();
    for (int code = 0; code < counts.length && counted.size() < MOST_COUNTED; code++) {
      if (counts[code] >= 2) {
        counted.put(values.get(code), counts[code]);
      }
    }
    return counted;
  }

  private FieldView shared(Table table, int field) {
    int[] counts = table.counts(field);
    double[] shares = new double[this.shares.length];
    double single = 0;
    for (int code = 0; code < counts.length; code++) {
      shares[classOf(table.values(field).get(code))] += counts[code];
      single += counts[code] == 1 ? 1 : 0;
    }
    double rows = Math.max(1, table.rows());
    shares[MISSING] = rows - Arrays.stream(shares).sum();
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (shares[i] + 0.05) / (rows + 0.05 * shares.length);
    }
    return new FieldView(
        number, decimals, edges, sorted, classes, this.counts, shares, single / rows);
  }

  /** Returns the number of classes. */
  int size() {
    return shares.length;
  }

  /** Returns the class of a cell. */
  int classOf(@Nullable String text) {
    if (text == null) {
      return MISSING;
    }
    Integer known = classes.get(text);
    if (known != null) {
      return known;
    }
    double value = value(text);
    return Double.isNaN(value) ? OTHER : classOf(value);
  }

  /** Returns the class of a number. */
  int classOf(double value) {
    int at = Arrays.binarySearch(edges, value);
    return FIRST + (at >= 0 ? at + 1 : -at - 1);
  }

  /** Returns the number {@code text} stands for in this field; NaN where it stands for none. */
  double value(@Nullable String text) {
    if (!number || text == null || classes.containsKey(text)) {
      return Double.NaN;
    }
    Measure measure = Measure.of(text);
    return measure == null ? Double.NaN : measure.value();
  }

  /** Returns the value at {@code share} of the numbers, in [0, 1]. */
  double quantile(double share) {
    return Distribution.quantile(sorted, share);
  }

  /** Returns the length of the inner 96 % of the numbers, or of what there is. */
  double width() {
    double width = quantile(0.98) - quantile(0.02);
    if (width <= 0) {
      width = sorted[sorted.length - 1] - sorted[0];
    }
    return width > 0 ? width : Math.max(1, Math.abs(sorted[0]));
  }

  /** Returns how far {@code value} lies outside the inner 96 %, in their widths; 0 inside. */
  double beyond(double value) {
    double low = quantile(0.02);
    double high = quantile(0.98);
    return Math.max(0, Math.max(value - high, low - value)) / width();
  }

  /** Returns the distance to the {@code nth} nearest number (of the quantiles), in widths. */
  double gap(double value, int nth) {
    int right = Arrays.binarySearch(sorted, value);
    right = right >= 0 ? right : -right - 1;
    int left = right - 1;
    double distance = 0;
    for (int i = 0; i < nth; i++) {
      double toLeft = left >= 0 ? value - sorted[left] : Double.POSITIVE_INFINITY;
      double toRight = right < sorted.length ? sorted[right] - value : Double.POSITIVE_INFINITY;
      if (toLeft <= toRight) {
        distance = toLeft;
        left--;
      } else {
        distance = toRight;
        right++;
      }
    }
    return Math.min(1e6, Math.abs(distance) / width());
  }

  Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    plain.put("number", number);
    plain.put("decimals", (long) decimals);
    plain.put("edges", ModelForm.doubles(edges));
    plain.put("sorted", ModelForm.doubles(sorted));
    plain.put("classes", wholes(classes));
    plain.put("counts", wholes(counts));
    plain.put("shares", ModelForm.doubles(shares));
    plain.put("single", single);
    return plain;
  }

  static FieldView read(Object stored) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    return new FieldView(
        ModelForm.bool(plain.get("number")),
        ModelForm.whole(plain.get("decimals")),
        ModelForm.doubles(plain.get("edges")),
        ModelForm.doubles(plain.get("sorted")),
        wholes(plain.get("classes")),
        wholes(plain.get("counts")),
        ModelForm.doubles(plain.get("shares")),
        ModelForm.number(plain.get("single")));
  }

  private static Map<String, @Nullable Object> wholes(Map<String, Integer> values) {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    values.forEach((text, value) -> plain.put(text, (long) value));
    return plain;
  }

  private static Map<String, Integer> wholes(@Nullable Object stored) {
    Map<String, Integer> values = new HashMap<>();
    Json.object(stored).forEach((text, value) -> values.put(text, ModelForm.whole(value)));
    return values;
  }
}
