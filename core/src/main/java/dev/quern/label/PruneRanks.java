package dev.quern.label;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The third pass of confident learning, where labels are pruned by rank: of each label the samples
 * with the lowest self-confidence, and of each label and class those with the lowest margins p_i −
 * p_j, as many as the joint says. 24 bytes of memory for each sample that will be called an issue.
 */
public final class PruneRanks {
  private final LabelIssues by;
  private final Lowest[][] lowest;

  /**
   * Makes a state that has seen nothing.
   *
   * @param by how labels are called issues
   * @param prunes see {@link ConfidentJoint#prunes}
   * @param labels number of samples of each label; of a single sample nothing is pruned
   */
  public PruneRanks(LabelIssues by, long[][] prunes, long[] labels) {
    this.by = by;
    lowest = new Lowest[labels.length][labels.length];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        boolean ranks = i == j ? by.ranksClasses() : by.ranksMargins();
        long number = i == j ? labels[i] - prunes[i][i] : prunes[i][j];
        lowest[i][j] = new Lowest(ranks && labels[i] > 1 ? Math.max(0, number) : 0);
      }
    }
  }

  /** Adds a sample labelled {@code given}. */
  public void add(double[] p, int given, long high, long low) {
    for (int j = 0; j < lowest.length; j++) {
      lowest[given][j].add(value(p, given, j), high, low);
    }
  }

  private static double value(double[] p, int given, int j) {
    return j == given ? p[given] : p[given] - p[j];
  }

  /** Adds what {@code other} has seen. */
  public void merge(PruneRanks other) {
    for (int i = 0; i < lowest.length; i++) {
      for (int j = 0; j < lowest.length; j++) {
        lowest[i][j].merge(other.lowest[i][j]);
      }
    }
  }

  /** Returns where the lowest values end: by label, then by class; the label's own at its place. */
  public Lowest.Ranked[][] ends() {
    Lowest.Ranked[][] ends = new Lowest.Ranked[lowest.length][lowest.length];
    for (int i = 0; i < ends.length; i++) {
      for (int j = 0; j < ends.length; j++) {
        ends[i][j] = lowest[i][j].last();
      }
    }
    return ends;
  }

  /** Returns whether a sample is pruned, given where the lowest values end. */
  public static boolean isPruned(
      LabelIssues by, Lowest.Ranked[][] ends, double[] p, int given, long high, long low) {
    boolean byClass = within(ends, p, given, given, high, low);
    boolean byMargin = false;
    for (int j = 0; j < p.length && !byMargin; j++) {
      byMargin = j != given && within(ends, p, given, j, high, low);
    }
    return switch (by) {
      case PRUNE_BY_CLASS -> byClass;
      case PRUNE_BY_NOISE_RATE -> byMargin;
      case BOTH -> byClass && byMargin;
      case CONFIDENT_LEARNING, PREDICTED_NEQ_GIVEN -> false;
    };
  }

  private static boolean within(
      Lowest.Ranked[][] ends, double[] p, int given, int j, long high, long low) {
    Lowest.Ranked end = ends[given][j];
    double value = value(p, given, j);
    return value <= end.value() && new Lowest.Ranked(value, high, low).isWithin(end);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    for (Lowest[] row : lowest) {
      for (Lowest one : row) {
        one.write(out);
      }
    }
  }

  /** Adds a state that was written, of the same numbers of prunes. */
  public void readState(DataInput in) throws IOException {
    for (Lowest[] row : lowest) {
      for (Lowest one : row) {
        one.readState(in);
      }
    }
  }

  /** Returns how labels are called issues. */
  public LabelIssues by() {
    return by;
  }
}
