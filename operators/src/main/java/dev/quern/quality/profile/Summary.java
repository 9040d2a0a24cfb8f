package dev.quern.quality.profile;

import dev.quern.statistics.LogHistogram;
import dev.quern.statistics.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What many numbers have in common: extrema, moments, histogram. NaN is counted apart. */
final class Summary {
  double min = Double.POSITIVE_INFINITY;
  double max = Double.NEGATIVE_INFINITY;
  Moments moments = new Moments();
  LogHistogram histogram = new LogHistogram();

  void add(double value, long times) {
    bound(value);
    moments.add(value, times);
    histogram.add(value, times);
  }

  /** Adds {@code values[0, size)}: the same as one by one, faster. */
  void add(double[] values, int size) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double value = values[i];
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    min = Math.min(min, low);
    max = Math.max(max, high);
    moments.add(values, size);
    histogram.add(values, size);
  }

  private void bound(double value) {
    if (!Double.isNaN(value)) {
      min = Math.min(min, value + 0.0);
      max = Math.max(max, value + 0.0);
    }
  }

  void merge(Summary other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    moments.merge(other.moments);
    histogram.merge(other.histogram);
  }

  /** Returns the number of values, NaN left out. */
  long count() {
    return histogram.count();
  }

  void write(DataOutput out) throws IOException {
    // One form of zero, so that equal samples in any order write equal bytes.
    out.writeDouble(min + 0.0);
    out.writeDouble(max + 0.0);
    moments.write(out);
    histogram.write(out);
  }

  static Summary read(DataInput in) throws IOException {
    Summary summary = new Summary();
    summary.min = in.readDouble();
    summary.max = in.readDouble();
    summary.moments = Moments.read(in);
    summary.histogram = LogHistogram.read(in);
    return summary;
  }
}
