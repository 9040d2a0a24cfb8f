package dev.quern.drift;

import java.util.List;

/**
 * Logistic regression with an L2 penalty, by accelerated gradient descent (Nesterov 1983) of a
 * fixed number of rounds from zero: the same bits for the same rows in the same order.
 */
final class LogisticRegression {
  private static final int ROUNDS = 150;

  /** Relative to the mean loss; keeps weights small where classes can be told apart fully. */
  private static final double PENALTY = 1e-3;

  private LogisticRegression() {}

  /** Returns weights for {@code rows} (scaled to about 1, a constant among them). */
  static double[] fit(List<double[]> rows, List<Integer> labels) {
    int width = rows.get(0).length;
    double largest = 0;
    for (double[] row : rows) {
      double squared = 0;
      for (double x : row) {
        squared += x * x;
      }
      largest = Math.max(largest, squared);
    }
    // The loss is smooth with constant at most max |x|² / 4; the mean over rows is far smaller.
    double meanSquared = rows.stream().mapToDouble(LogisticRegression::squared).average().orElse(1);
    double step = 4 / Math.min(largest, 4 * meanSquared);
    double[] weights = new double[width];
    double[] ahead = new double[width];
    double momentum = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double[] gradient = gradient(rows, labels, ahead);
      double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double carried = (momentum - 1) / next;
      for (int i = 0; i < width; i++) {
        double moved = ahead[i] - step * gradient[i];
        ahead[i] = moved + carried * (moved - weights[i]);
        weights[i] = moved;
      }
      momentum = next;
    }
    return weights;
  }

  private static double squared(double[] row) {
    double squared = 0;
    for (double x : row) {
      squared += x * x;
    }
    return squared;
  }

  private static double[] gradient(List<double[]> rows, List<Integer> labels, double[] weights) {
    double[] gradient = new double[weights.length];
    for (int r = 0; r < rows.size(); r++) {
      double[] row = rows.get(r);
      double z = 0;
      for (int i = 0; i < row.length; i++) {
        z += weights[i] * row[i];
      }
      double error = 1 / (1 + StrictMath.exp(-z)) - labels.get(r);
      for (int i = 0; i < row.length; i++) {
        gradient[i] += error * row[i];
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = gradient[i] / rows.size() + PENALTY * weights[i];
    }
    return gradient;
  }
}
