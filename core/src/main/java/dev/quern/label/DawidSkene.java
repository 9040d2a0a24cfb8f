package dev.quern.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What annotators say when a class is the true one: the share of each class, and for each annotator
 * the probability of each label given the true class; by expectation maximisation (Dawid and Skene
 * 1979, Applied Statistics 28(1)), from the shares of votes on. Without draws: equal votes give
 * equal bits.
 *
 * @param classes all labels, in their order
 * @param shares of the classes
 * @param confusions by annotator, true class, label; one for all where they are taken as alike
 * @param rounds rounds of maximisation that were needed
 */
public record DawidSkene(
    List<String> classes, double[] shares, double[][][] confusions, int rounds) {
  private static final int MOST_ROUNDS = 1000;
  private static final double SETTLED = 1e-9;

  /** Whether annotators differ. */
  public enum Annotators {
    /** Each has a matrix of its own. */
    APART,
    /** All share one: for votes of which nobody knows who gave them. */
    ALIKE
  }

  /** Returns what the votes tell of classes and annotators. */
  public static DawidSkene of(VotePatterns votes, Annotators annotators) {
    TreeSet<String> names = new TreeSet<>();
    votes
        .items()
        .keySet()
        .forEach(pattern -> pattern.votes().forEach(vote -> vote.ifPresent(names::add)));
    List<String> ordered = new ArrayList<>(names);
    ordered.sort(LabelOrder.of(names));
    int matrices = annotators == Annotators.ALIKE ? 1 : votes.annotators();
    int[][] voted = new int[votes.items().size()][];
    long[] numbers = new long[voted.length];
    int at = 0;
    for (Map.Entry<VotePatterns.Pattern, Long> entry : votes.items().entrySet()) {
      voted[at] = numbered(entry.getKey().votes(), ordered);
      numbers[at++] = entry.getValue();
    }
    double[][] posterior = new double[voted.length][];
    for (int i = 0; i < voted.length; i++) {
      posterior[i] = majority(voted[i], ordered.size());
    }
    DawidSkene model = maximised(ordered, voted, numbers, posterior, matrices, 1);
    double change = 1;
    for (int round = 2; round <= MOST_ROUNDS && change > SETTLED; round++) {
      change = 0;
      for (int i = 0; i < voted.length; i++) {
        double[] next = model.posterior(voted[i]);
        for (int j = 0; j < next.length; j++) {
          change = Math.max(change, Math.abs(next[j] - posterior[i][j]));
        }
        posterior[i] = next;
      }
      model = maximised(ordered, voted, numbers, posterior, matrices, round);
    }
    return model;
  }

  private static int[] numbered(List<Optional<String>> votes, List<String> ordered) {
    return votes.stream().mapToInt(vote -> vote.map(ordered::indexOf).orElse(-1)).toArray();
  }

  /** Shares of the votes; those of all classes alike where there are none. */
  private static double[] majority(int[] votes, int classes) {
    double[] shares = new double[classes];
    int all = 0;
    for (int vote : votes) {
      if (vote >= 0) {
        shares[vote]++;
        all++;
      }
    }
    for (int j = 0; j < classes; j++) {
      shares[j] = all == 0 ? 1.0 / classes : shares[j] / all;
    }
    return shares;
  }

  private static DawidSkene maximised(
      List<String> classes,
      int[][] voted,
      long[] numbers,
      double[][] posterior,
      int matrices,
      int round) {
    int size = classes.size();
    double[] shares = new double[size];
    double[][][] confusions = new double[matrices][size][size];
    double items = 0;
    for (int i = 0; i < voted.length; i++) {
      if (Arrays.stream(voted[i]).allMatch(vote -> vote < 0)) {
        continue;
      }
      items += numbers[i];
      for (int j = 0; j < size; j++) {
        double weight = numbers[i] * posterior[i][j];
        shares[j] += weight;
        for (int k = 0; k < voted[i].length; k++) {
          if (voted[i][k] >= 0) {
            confusions[matrices == 1 ? 0 : k][j][voted[i][k]] += weight;
          }
        }
      }
    }
    for (int j = 0; j < size; j++) {
      shares[j] = items == 0 ? 1.0 / size : shares[j] / items;
    }
    for (double[][] confusion : confusions) {
      for (double[] row : confusion) {
        double sum = Arrays.stream(row).sum();
        for (int l = 0; l < size && sum > 0; l++) {
          row[l] /= sum;
        }
      }
    }
    return new DawidSkene(classes, shares, confusions, round);
  }

  /** Returns the probability of each class, given what annotators said; empty where none did. */
  public Optional<double[]> posterior(List<Optional<String>> votes) {
    int[] numbered = numbered(votes, classes);
    return Arrays.stream(numbered).allMatch(vote -> vote < 0)
        ? Optional.empty()
        : Optional.of(posterior(numbered));
  }

  private double[] posterior(int[] votes) {
    int size = classes.size();
    double[] logs = new double[size];
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < size; j++) {
      logs[j] = StrictMath.log(shares[j]);
      for (int k = 0; k < votes.length; k++) {
        if (votes[k] >= 0) {
          logs[j] += StrictMath.log(confusions[confusions.length == 1 ? 0 : k][j][votes[k]]);
        }
      }
      largest = Math.max(largest, logs[j]);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      // Votes that were never seen together with any class: they alone count.
      return majority(votes, size);
    }
    double sum = 0;
    for (int j = 0; j < size; j++) {
      logs[j] = StrictMath.exp(logs[j] - largest);
      sum += logs[j];
    }
    for (int j = 0; j < size; j++) {
      logs[j] /= sum;
    }
    return logs;
  }

  /** Returns how often annotator {@code number} gives the true class, over all classes. */
  public double accuracy(int number) {
    double[][] confusion = confusions[confusions.length == 1 ? 0 : number];
    double right = 0;
    for (int j = 0; j < shares.length; j++) {
      right += shares[j] * confusion[j][j];
    }
    return right;
  }
}
