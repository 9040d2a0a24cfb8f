package dev.quern.label;

/** How far two labels are apart: δ² of Krippendorff's alpha, weights of Cohen's kappa. */
public enum Difference {
  /** 0 for equal labels, 1 for others. */
  NOMINAL,
  /** (Σ of the numbers of labels from one to the other − half of both)², labels in their order. */
  ORDINAL,
  /** (a − b)². */
  INTERVAL,
  /** ((a − b) / (a + b))²; labels are at least 0. */
  RATIO;

  /**
   * Returns δ² for all pairs of labels.
   *
   * @param values the labels as numbers, ascending; their places where they are texts
   * @param totals how often each label was given, for {@link #ORDINAL}
   */
  public double[][] squared(double[] values, double[] totals) {
    int size = values.length;
    double[][] squared = new double[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        squared[a][b] = a == b ? 0 : one(values, totals, Math.min(a, b), Math.max(a, b));
      }
    }
    return squared;
  }

  private double one(double[] values, double[] totals, int low, int high) {
    return switch (this) {
      case NOMINAL -> 1;
      case INTERVAL -> (values[high] - values[low]) * (values[high] - values[low]);
      case RATIO -> {
        double sum = values[high] + values[low];
        double part = sum == 0 ? 0 : (values[high] - values[low]) / sum;
        yield part * part;
      }
      case ORDINAL -> {
        double between = -(totals[low] + totals[high]) / 2;
        for (int i = low; i <= high; i++) {
          between += totals[i];
        }
        yield between * between;
      }
    };
  }
}
