package dev.quern.label;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The second pass of confident learning: how many samples with label i are confidently of class j,
 * and how many labels are issues.
 */
public final class ConfidentCounts {
  private final long[][] counts;
  private long issues;

  /** Makes a state of {@code classes} classes that has seen nothing. */
  public ConfidentCounts(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Returns the class that {@code p} is confident of, -1 where there is none. Confident are the
   * classes whose probability reaches their threshold, less 1e-6.
   */
  public static int confident(double[] p, double[] thresholds, Collisions collisions) {
    int found = 0;
    int first = -1;
    int best = -1;
    for (int i = 0; i < p.length; i++) {
      if (p[i] >= thresholds[i] - Probabilities.CLOSE) {
        found++;
        first = first < 0 ? i : first;
        best = best < 0 || p[i] > p[best] ? i : best;
      }
    }
    if (found <= 1) {
      return first;
    }
    return collisions == Collisions.CORRECT ? best : Probabilities.largest(p);
  }

  /** Adds a sample labelled {@code given}. */
  public void add(double[] p, int given, double[] thresholds, Collisions collisions) {
    int confident = confident(p, thresholds, collisions);
    if (confident >= 0) {
      counts[given][confident]++;
      issues += confident != given && Probabilities.predictsOther(p, given) ? 1 : 0;
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(ConfidentCounts other) {
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] += other.counts[i][j];
      }
    }
    issues += other.issues;
  }

  /** Returns the number of labels that confident learning calls issues. */
  public long issues() {
    return issues;
  }

  /** Returns the counts as a joint; every class has at least one sample that is rightly its own. */
  public ConfidentJoint joint(long[] labels) {
    return ConfidentJoint.of(counts, labels);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(counts.length);
    out.writeLong(issues);
    for (long[] row : counts) {
      for (long count : row) {
        out.writeLong(count);
      }
    }
  }

  /** Returns the state that was written. */
  public static ConfidentCounts read(DataInput in) throws IOException {
    ConfidentCounts read = new ConfidentCounts(in.readInt());
    read.issues = in.readLong();
    for (long[] row : read.counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] = in.readLong();
      }
    }
    return read;
  }
}
