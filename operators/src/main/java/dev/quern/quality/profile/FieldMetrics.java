package dev.quern.quality.profile;

import dev.quern.data.Field;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.statistics.LongCounts;
import dev.quern.statistics.SmallestHashes;
import dev.quern.statistics.TextCounts;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is told of one field. */
final class FieldMetrics {
  private static final int FREQUENT = 10;
  private static final int LABELS = 100;
  private static final int BINS = 20;
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private final FieldProfile profile;
  private final Field field;
  private final boolean hidden;
  private final Told told;

  FieldMetrics(FieldProfile profile, List<Metric> metrics) {
    this.profile = profile;
    this.field = profile.field;
    this.hidden = DrawnSamples.isHidden(field);
    this.told = new Told(List.of(field.name()), metrics);
  }

  void describe(long[] drawn, boolean complete) {
    told.samples("samples", "", profile.samples);
    told.samples("missing", "", profile.missing);
    double distinct = distinct();
    Type.Kind kind = field.type().kind();
    if (profile.present() == 0) {
      return;
    }
    key(distinct);
    if (kind == Type.Kind.LIST || kind == Type.Kind.STRUCT) {
      return;
    }
    if (!hidden) {
      labels();
    }
    Summary summary = summary();
    Ranked ranked = Ranked.of(profile.values, summary);
    numbers(summary, ranked);
    if (!hidden) {
      frequent();
    }
    if (profile.values instanceof TextValues texts) {
      new TextMetrics(texts.shaped(), profile.present(), told).describe();
    }
    new Suspicions(profile, ranked, told).describe(drawn, complete);
  }

  private Summary summary() {
    if (profile.values instanceof NumberValues numbers) {
      return numbers.summarized();
    }
    return profile.values instanceof TextValues texts
        ? texts.summarized()
        : ((OpaqueValues) profile.values).lengths;
  }

  private double distinct() {
    int few = few();
    double distinct = few >= 0 ? few : profile.values.distinct.value();
    boolean exact = few >= 0 || profile.values.distinct.isExact();
    told.add("distinct", "", distinct, "values", Told.precision(exact));
    return distinct;
  }

  /** Returns the number of distinct values where they are counted one by one, else -1. */
  private int few() {
    if (profile.values instanceof NumberValues numbers && numbers.few != null) {
      return numbers.few.distinct();
    }
    return profile.values instanceof TextValues texts && texts.few != null
        ? texts.few.distinct()
        : -1;
  }

  /** How many values occur once, and whether all seem to. */
  private void key(double distinct) {
    int few = few();
    long present = profile.present();
    if (few >= 0) {
      told.add("once", "", once(), "values", Metric.Precision.EXACT);
      if (few == present && profile.missing == 0 && present > 1) {
        told.add("key", "", 1, "fraction", Metric.Precision.EXACT);
      }
      return;
    }
    SmallestHashes smallest = profile.values.smallest;
    double share = (double) smallest.once() / smallest.size();
    told.add("once", "", Math.rint(share * distinct), "values", Metric.Precision.ESTIMATED);
    // Three standard errors of the distinct count; and none of the values looked at is repeated.
    if (share == 1 && profile.missing == 0 && Math.abs(distinct - present) <= 0.0243 * present) {
      told.add("key", "", 1, "fraction", Metric.Precision.ESTIMATED);
    }
  }

  private long once() {
    long[] once = {0};
    if (profile.values instanceof NumberValues numbers && numbers.few != null) {
      numbers.few.forEachUnsorted((bits, count) -> once[0] += count == 1 ? 1 : 0);
    } else if (profile.values instanceof TextValues texts && texts.few != null) {
      texts.few.forEachUnsorted((bytes, start, end, count, hash) -> once[0] += count == 1 ? 1 : 0);
    }
    return once[0];
  }

  private void numbers(Summary summary, Ranked ranked) {
    if (ranked.total == 0) {
      return;
    }
    told.add("min", "", summary.min, "value", Metric.Precision.EXACT);
    told.add("max", "", summary.max, "value", Metric.Precision.EXACT);
    told.add("mean", "", summary.moments.mean(), "value", Metric.Precision.EXACT);
    told.add("deviation", "", summary.moments.deviation(), "value", Metric.Precision.EXACT);
    Metric.Precision precision = Told.precision(ranked.exact);
    for (double fraction : QUANTILES) {
      String part = ValueWriter.number(fraction);
      told.add("quantile", part, ranked.quantile(fraction), "value", precision);
    }
    histogram(summary, ranked, precision);
  }

  /** Equal bins between the extrema; a part is named by its lower end. */
  private void histogram(Summary summary, Ranked ranked, Metric.Precision precision) {
    double width = (summary.max - summary.min) / BINS;
    if (!(width > 0) || Double.isInfinite(width)) {
      return;
    }
    long[] bins = new long[BINS];
    for (int i = 0; i < ranked.values.length; i++) {
      int bin = (int) ((ranked.values[i] - summary.min) / width);
      bins[Math.max(0, Math.min(BINS - 1, bin))] += ranked.counts[i];
    }
    for (int i = 0; i < BINS; i++) {
      String part = ValueWriter.number(summary.min + i * width);
      told.add("histogram", part, bins[i], "value", precision);
    }
  }

  private void frequent() {
    if (profile.values instanceof TextValues texts && texts.few != null) {
      texts.few.top(
          FREQUENT,
          (bytes, start, end, count) ->
              told.shared(
                  "top_values",
                  new String(bytes, start, end - start, StandardCharsets.UTF_8),
                  count,
                  Metric.Precision.EXACT));
    }
    if (profile.values instanceof NumberValues numbers && numbers.few != null) {
      frequent(numbers.few);
    }
  }

  private void frequent(LongCounts few) {
    List<Map.Entry<Long, Long>> shared = new ArrayList<>();
    few.forEach(
        (bits, count) -> {
          if (count >= Told.SHARED) {
            shared.add(Map.entry(bits, count));
          }
        });
    // The sort is stable, so ties stay in the order of values.
    shared.sort(Comparator.comparing(entry -> -entry.getValue()));
    for (Map.Entry<Long, Long> entry : shared.subList(0, Math.min(FREQUENT, shared.size()))) {
      told.samples("top_values", written(entry.getKey()), entry.getValue());
    }
  }

  private String written(long bits) {
    Type.Kind kind = field.type().kind();
    return switch (kind) {
      case BOOL -> Boolean.toString(bits == 1);
      case DATE -> LocalDate.ofEpochDay(bits).toString();
      case TIMESTAMP -> Instant.EPOCH.plus(bits, ChronoUnit.MICROS).toString();
      case LONG -> Long.toString(bits);
      default -> ValueWriter.number(Values.number(bits, kind));
    };
  }

  /** How often each label stands in each split, of labels that enough samples share. */
  private void labels() {
    List<TextCounts> bySplit = profile.labels.counts;
    TextCounts all = new TextCounts();
    bySplit.forEach(all::merge);
    for (int code = 0; code < bySplit.size(); code++) {
      String metric = "label_" + Split.of((byte) code).written();
      TextCounts counts = bySplit.get(code);
      all.top(
          LABELS,
          (bytes, start, end, count) -> {
            if (count >= Told.SHARED && counts.total() > 0) {
              String label = profile.labels.written(bytes, start, end);
              told.samples(metric, label, counts.count(bytes, start, end));
            }
          });
    }
  }
}
