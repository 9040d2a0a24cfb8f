package dev.quern.label;

import dev.quern.statistics.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The first pass of confident learning: for each class the number of samples that carry its label
 * and the exact sum of its probability over them. The threshold of a class is their quotient.
 */
public final class Thresholds {
  /** No probability reaches it: the threshold of a class that no sample carries. */
  static final double UNREACHED = 2;

  private static final double LEAST = 2 * Probabilities.CLOSE;

  private final ExactSum[] sums;
  private final long[] counts;

  /** Makes a state of {@code classes} classes that has seen nothing. */
  public Thresholds(int classes) {
    sums = new ExactSum[classes];
    for (int i = 0; i < classes; i++) {
      sums[i] = new ExactSum();
    }
    counts = new long[classes];
  }

  /** Adds a sample labelled {@code given}. */
  public void add(double[] p, int given) {
    counts[given]++;
    sums[given].add(p[given]);
  }

  /** Adds what {@code other} has seen. */
  public void merge(Thresholds other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      sums[i].merge(other.sums[i]);
    }
  }

  /** Returns the number of samples of each label. */
  public long[] counts() {
    return counts.clone();
  }

  /** Returns the mean self-confidence of each class, at least 2e-6. */
  public double[] values() {
    double[] values = new double[counts.length];
    for (int i = 0; i < values.length; i++) {
      double mean = counts[i] == 0 ? UNREACHED : sums[i].value() / counts[i];
      values[i] = Math.max(mean, LEAST);
    }
    return values;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(counts.length);
    for (int i = 0; i < counts.length; i++) {
      out.writeLong(counts[i]);
      sums[i].write(out);
    }
  }

  /** Returns the state that was written. */
  public static Thresholds read(DataInput in) throws IOException {
    Thresholds read = new Thresholds(in.readInt());
    for (int i = 0; i < read.counts.length; i++) {
      read.counts[i] = in.readLong();
      read.sums[i] = ExactSum.read(in);
    }
    return read;
  }
}
