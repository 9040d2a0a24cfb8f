package dev.quern.quality.profile;

import dev.quern.data.Hash128;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.statistics.TextCounts;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values that may stand for something else: numbers and words that people write where they know
 * nothing, and numbers beyond robust fences.
 *
 * <p>The fences are Q1 − 3·IQR and Q3 + 3·IQR (Tukey 1977, outer fences). A number is a sentinel if
 * it is the smallest or largest, stands apart from all others by at least five of their median
 * gaps, and is written with nines or as -1, or is at least twice as frequent as the others are on
 * average.
 */
final class Suspicions {
  private static final int LEAST = 20;
  private static final double FENCE = 3;

  private static final List<String> WORDS =
      List.of(
          "-",
          "--",
          "?",
          "??",
          ".",
          "#n/a",
          "#na",
          "#null!",
          "#value!",
          "empty",
          "inf",
          "missing",
          "n.a.",
          "n/a",
          "na",
          "nan",
          "nil",
          "none",
          "not available",
          "null",
          "undefined",
          "unknown",
          "unbekannt",
          "无",
          "未知",
          "不详",
          "空");

  private final FieldProfile profile;
  private final Ranked ranked;
  private final Told told;

  Suspicions(FieldProfile profile, Ranked ranked, Told told) {
    this.profile = profile;
    this.ranked = ranked;
    this.told = told;
  }

  /**
   * Tells what is suspicious.
   *
   * @param drawn the field's values in the samples drawn, for what is not counted one by one
   */
  void describe(long[] drawn, boolean complete) {
    if (profile.values instanceof TextValues texts) {
      words(texts, drawn, complete);
    } else if (profile.values instanceof NumberValues numbers
        && profile.field.type().kind() != Type.Kind.BOOL) {
      fences();
      sentinels(numbers, drawn);
    }
  }

  private void fences() {
    double low = ranked.quantile(0.25);
    double high = ranked.quantile(0.75);
    double range = high - low;
    if (ranked.total < LEAST || !(range > 0)) {
      return;
    }
    long outside = ranked.outside(low - FENCE * range, high + FENCE * range);
    if (outside > 0) {
      told.add("suspicious", "outside_fences", outside, "samples", Told.precision(ranked.exact));
    }
  }

  private void sentinels(NumberValues numbers, long[] drawn) {
    if (DrawnSamples.isHidden(profile.field)) {
      return;
    }
    if (numbers.few != null) {
      sentinel(ranked, 0, 1, 1);
      sentinel(ranked, ranked.values.length - 1, -1, 1);
      return;
    }
    if (!DrawnSamples.isNumber(profile.field)) {
      return;
    }
    double[] values =
        Arrays.stream(drawn)
            .filter(bits -> bits != Values.MISSING)
            .mapToDouble(bits -> Values.number(bits, numbers.kind))
            .toArray();
    Ranked some = Ranked.of(values);
    double scale = (double) profile.present() / Math.max(1, some.total);
    sentinel(some, 0, 1, scale);
    sentinel(some, some.values.length - 1, -1, scale);
  }

  private void sentinel(Ranked of, int at, int next, double scale) {
    int size = of.values.length;
    if (size < 10 || of.counts[at] < Told.SHARED) {
      return;
    }
    double value = of.values[at];
    double gap = Math.abs(of.values[at + next] - value);
    boolean frequent = of.counts[at] * (double) size >= 2.0 * of.total;
    boolean written = isWritten(value) && (value > 0 || of.values[1] >= 0);
    if (gap >= 5 * medianGap(of) && (written || frequent)) {
      told.add(
          "suspicious",
          "sentinel " + written(value),
          Math.rint(of.counts[at] * scale),
          "samples",
          Told.precision(scale == 1));
    }
  }

  private static String written(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : ValueWriter.number(value);
  }

  private static double medianGap(Ranked of) {
    double[] gaps = new double[of.values.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = of.values[i + 1] - of.values[i];
    }
    Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }

  /** Whether a number is -1 or all nines. */
  private static boolean isWritten(double value) {
    if (value == -1) {
      return true;
    }
    double nines = 9;
    while (nines < Math.abs(value)) {
      nines = 10 * nines + 9;
    }
    return nines == Math.abs(value);
  }

  private void words(TextValues texts, long[] drawn, boolean complete) {
    if (DrawnSamples.isHidden(profile.field)) {
      return;
    }
    Map<String, Long> found = new TreeMap<>();
    if (texts.few != null) {
      find(texts.few, found);
      found.forEach((word, count) -> tell(word, count, 1, true));
      return;
    }
    long[] sorted = Arrays.stream(drawn).filter(hash -> hash != Values.MISSING).sorted().toArray();
    for (String word : WORDS) {
      for (String written :
          List.of(word, word.toUpperCase(Locale.ROOT), capital(word)).stream()
              .distinct()
              .toList()) {
        long count = count(sorted, hash(written));
        if (count > 0) {
          found.merge(word, count, Long::sum);
        }
      }
    }
    double scale = (double) profile.present() / Math.max(1, sorted.length);
    found.forEach((word, count) -> tell(word, count, scale, complete));
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static long hash(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return new Hash128().hash(bytes, 0, bytes.length, 0).high();
  }

  private static long count(long[] sorted, long hash) {
    int at = Arrays.binarySearch(sorted, hash);
    if (at < 0) {
      return 0;
    }
    int from = at;
    int to = at;
    while (from > 0 && sorted[from - 1] == hash) {
      from--;
    }
    while (to < sorted.length && sorted[to] == hash) {
      to++;
    }
    return to - from;
  }

  private static void find(TextCounts few, Map<String, Long> found) {
    few.forEachUnsorted(
        (bytes, start, end, count, hash) -> {
          if (end - start <= 16) {
            String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            String word = text.strip().toLowerCase(Locale.ROOT);
            if (WORDS.contains(word)) {
              found.merge(word, count, Long::sum);
            }
          }
        });
  }

  private void tell(String word, long count, double scale, boolean exact) {
    if (count >= Told.SHARED) {
      Metric.Precision precision = Told.precision(exact);
      told.add(
          "suspicious", "missing_word " + word, Math.rint(count * scale), "samples", precision);
    }
  }
}
