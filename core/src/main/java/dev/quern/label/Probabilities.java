package dev.quern.label;

/** Questions to the probabilities of one sample, one for each class. */
public final class Probabilities {
  /** What probabilities may differ by and still count as equal; cleanlab's constant. */
  static final double CLOSE = 1e-6;

  private Probabilities() {}

  /**
   * Divides {@code p} by its sum unless that is 1 within a few units in the last place of its
   * terms, and returns whether it holds probabilities: finite, none negative, none above 1 by more
   * than 1e-6, and not all zero.
   */
  public static boolean normalise(double[] p) {
    double sum = 0;
    for (double each : p) {
      if (!(each >= 0 && each <= 1 + CLOSE)) {
        return false;
      }
      sum += each;
    }
    if (!(sum > 0)) {
      return false;
    }
    if (Math.abs(sum - 1) > 4 * p.length * Math.ulp(1.0)) {
      for (int i = 0; i < p.length; i++) {
        p[i] /= sum;
      }
    }
    return true;
  }

  /** Returns the class with the largest probability; of equal ones the first. */
  public static int largest(double[] p) {
    int best = 0;
    for (int i = 1; i < p.length; i++) {
      if (p[i] > p[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Returns whether the model predicts another class than {@code given}, by more than 1e-6: only
   * such a label can be an issue (cleanlab's {@code _reduce_issues}).
   */
  public static boolean predictsOther(double[] p, int given) {
    for (int i = 0; i < p.length; i++) {
      boolean above = i < given ? p[i] >= p[given] + CLOSE : p[i] > p[given] + CLOSE;
      if (i != given && above) {
        return true;
      }
    }
    return false;
  }
}
