package dev.quern.quality.profile;

import dev.quern.data.Type;
import dev.quern.operator.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What relates fields to each other in the samples drawn: correlations of numbers, and fields that
 * seem to decide others.
 *
 * <p>Correlation is Pearson's, and Spearman's as {@code rank_correlation}, over samples in which
 * both values are there. {@code determines} is the share of pairs of samples with equal values in
 * one field that are equal in the other as well, told where it is at least 0.95 and nine tenths of
 * what any two samples leave open. Pairs of fields are bounded: the first 100 fields of numbers,
 * the first 64 fields for what decides what; how many were left out is told.
 */
final class Relations {
  private static final int CORRELATED = 100;
  private static final int DEPENDENT = 64;

  /** Pairs of fields that are told, the strongest ones. */
  private static final int TOLD = 200;

  private static final int LEAST = 10;

  private final DrawnSamples drawn;
  private final List<Metric> metrics;
  private final Told whole;
  private final Metric.Precision precision;

  Relations(DrawnSamples drawn, List<Metric> metrics) {
    this.drawn = drawn;
    this.metrics = metrics;
    this.whole = new Told(List.of(), metrics);
    this.precision = Told.precision(drawn.isComplete());
  }

  private record Pair(int field, int other, double value, double ranks) {
    double strength() {
      return Math.max(Math.abs(value), Math.abs(ranks));
    }
  }

  void describe() {
    whole.samples("drawn_samples", "", drawn.size());
    if (drawn.size() >= LEAST) {
      correlations();
      dependencies();
    }
  }

  private void correlations() {
    List<Numbers> numbers = new ArrayList<>();
    int all = 0;
    for (int field = 0; field < drawn.schema.size(); field++) {
      if (DrawnSamples.isNumber(drawn.schema.field(field))) {
        if (all++ < CORRELATED) {
          Type.Kind kind = drawn.schema.field(field).type().kind();
          numbers.add(Numbers.of(field, drawn.column(field), kind));
        }
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < numbers.size(); a++) {
      for (int b = a + 1; b < numbers.size(); b++) {
        Numbers one = numbers.get(a);
        Numbers other = numbers.get(b);
        double value = Numbers.correlation(one.values(), other.values(), LEAST);
        double ranks = Numbers.correlation(one.ranks(), other.ranks(), LEAST);
        if (!Double.isNaN(value) && !Double.isNaN(ranks)) {
          pairs.add(new Pair(one.field(), other.field(), value, ranks));
        }
      }
    }
    if (all >= 2) {
      fields("correlation", all, numbers.size(), pairs.size());
      for (Pair pair : strongest(pairs)) {
        Told told = told(pair.field());
        String other = drawn.schema.field(pair.other()).name();
        told.add("correlation", other, pair.value(), "correlation", precision);
        told.add("rank_correlation", other, pair.ranks(), "correlation", precision);
      }
    }
  }

  /** Tells of how many fields pairs were looked at, so that nothing is cut in silence. */
  private void fields(String of, int all, int seen, int pairs) {
    whole.add(of + "_fields", "", all, "fields", Metric.Precision.EXACT);
    whole.add(of + "_fields_seen", "", seen, "fields", Metric.Precision.EXACT);
    whole.add(of + "_pairs", "", pairs, "pairs", Metric.Precision.EXACT);
    whole.add(of + "_pairs_told", "", Math.min(TOLD, pairs), "pairs", Metric.Precision.EXACT);
  }

  /** Returns the strongest pairs in the order of the fields. */
  private static List<Pair> strongest(List<Pair> pairs) {
    List<Pair> sorted = new ArrayList<>(pairs);
    sorted.sort(Comparator.comparing(pair -> -pair.strength()));
    List<Pair> told = new ArrayList<>(sorted.subList(0, Math.min(TOLD, sorted.size())));
    told.sort(Comparator.comparing(Pair::field).thenComparing(Pair::other));
    return told;
  }

  private Told told(int field) {
    return new Told(List.of(drawn.schema.field(field).name()), metrics);
  }

  private void dependencies() {
    List<Groups> groups = new ArrayList<>();
    int all = 0;
    for (int field = 0; field < drawn.schema.size(); field++) {
      Type.Kind kind = drawn.schema.field(field).type().kind();
      if (kind != Type.Kind.LIST && kind != Type.Kind.STRUCT && all++ < DEPENDENT) {
        groups.add(new Groups(field, drawn.column(field)));
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (Groups by : groups) {
      for (Groups of : groups) {
        if (by != of && by.hasEvidence()) {
          double share = by.decides(of);
          if (share > 0) {
            pairs.add(new Pair(by.field(), of.field(), share, 0));
          }
        }
      }
    }
    if (all >= 2) {
      fields("determines", all, groups.size(), pairs.size());
      for (Pair pair : strongest(pairs)) {
        String other = drawn.schema.field(pair.other()).name();
        told(pair.field()).add("determines", other, pair.value(), "fraction", precision);
      }
    }
  }
}
