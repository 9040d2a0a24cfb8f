package dev.quern.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether a classifier can tell which version a sample comes from (Lopez-Paz and Oquab 2017,
 * arXiv:1610.06545): a logistic regression learns on half of the sampled rows and scores the other
 * half; the area under its curve is about 0.5 where nothing has changed.
 *
 * <p>p is the share of permutations of the scored half's origins whose area is as large, of {@value
 * #PERMUTATIONS} drawn with a fixed seed, the one found counted in. Halves are made by the hash of
 * the sample id, so a sample that both versions hold lies in the same half of both.
 */
final class DomainClassifier {
  private static final int PERMUTATIONS = 9_999;
  private static final long SEED = 15;

  /** Scored samples of each version without which nothing can be said. */
  private static final int LEAST = 50;

  private DomainClassifier() {}

  /** Returns the finding; empty where too few samples or no common fields are there. */
  static Optional<Finding> compare(RowSample reference, RowSample current, DriftRules rules) {
    Features features = Features.of(reference, current);
    if (features.width() == 0) {
      return Optional.empty();
    }
    List<double[]> learnt = new ArrayList<>();
    List<Integer> learntFrom = new ArrayList<>();
    List<double[]> scored = new ArrayList<>();
    List<Integer> scoredFrom = new ArrayList<>();
    for (int from = 0; from < 2; from++) {
      RowSample sample = from == 0 ? reference : current;
      for (Map.Entry<RowSample.Key, double[]> row : sample.rows().entrySet()) {
        boolean half = Long.bitCount(row.getKey().draw()) % 2 == 0;
        (half ? learnt : scored).add(features.row(from, row.getValue()));
        (half ? learntFrom : scoredFrom).add(from);
      }
    }
    long later = scoredFrom.stream().filter(from -> from == 1).count();
    if (Math.min(later, scored.size() - later) < LEAST || learnt.isEmpty()) {
      return Optional.empty();
    }
    double[] weights = LogisticRegression.fit(learnt, learntFrom);
    double[] scores = scored.stream().mapToDouble(x -> dot(weights, x)).toArray();
    boolean[] isLater = new boolean[scores.length];
    for (int i = 0; i < isLater.length; i++) {
      isLater[i] = scoredFrom.get(i) == 1;
    }
    return Optional.of(finding(ranks(scores), isLater, features.width(), rules));
  }

  private static double dot(double[] weights, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += weights[i] * x[i];
    }
    return sum;
  }

  private static Finding finding(double[] ranks, boolean[] isLater, int width, DriftRules rules) {
    int later = 0;
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      later += isLater[i] ? 1 : 0;
      sum += isLater[i] ? ranks[i] : 0;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] permuted = ranks.clone();
    double[] sums = new double[PERMUTATIONS];
    for (int k = 0; k < PERMUTATIONS; k++) {
      sums[k] = sumOfSome(permuted, later, random);
    }
    Arrays.sort(sums);
    int asLarge = 1;
    for (double one : sums) {
      asLarge += one >= sum - 1e-9 ? 1 : 0;
    }
    double p = asLarge / (PERMUTATIONS + 1.0);
    int at =
        (int) Math.min(PERMUTATIONS - 1L, (long) Math.ceil(PERMUTATIONS * (1 - rules.alpha())));
    int earlier = ranks.length - later;
    double auc = area(sum, later, earlier);
    return new Finding(
            Finding.Measure.DOMAIN,
            "",
            Optional.empty(),
            auc,
            Optional.of(area(sums[at], later, earlier)),
            Optional.of(p),
            Optional.empty(),
            auc,
            rules.auc(),
            Finding.Verdict.STABLE,
            Finding.Detail.of(Map.of("scored", (double) ranks.length, "features", (double) width)))
        .judged(p, rules.alpha());
  }

  private static double area(double sumOfRanks, int later, int earlier) {
    return (sumOfRanks - later * (later + 1.0) / 2) / ((double) later * earlier);
  }

  /** Returns the sum of {@code count} ranks drawn without replacement, which it moves to front. */
  private static double sumOfSome(double[] ranks, int count, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(ranks.length - i);
      double drawn = ranks[j];
      ranks[j] = ranks[i];
      ranks[i] = drawn;
      sum += drawn;
    }
    return sum;
  }

  /** Returns ranks from 1 on, equal scores sharing their mean rank. */
  static double[] ranks(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double[] ranks = new double[scores.length];
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j < order.length && scores[order[j]] == scores[order[i]]) {
        j++;
      }
      for (int k = i; k < j; k++) {
        ranks[order[k]] = (i + j + 1) / 2.0;
      }
      i = j;
    }
    return ranks;
  }
}
