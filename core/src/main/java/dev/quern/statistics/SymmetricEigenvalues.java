package dev.quern.statistics;

import java.util.Arrays;

/**
 * The eigenvalues of a real symmetric matrix: reflections make it tridiagonal (Householder),
 * rotations with implicit shifts diagonal (QL); Wilkinson and Reinsch 1971, contributions II/2 and
 * II/4. O(n³) time; errors are of the order of the largest eigenvalue times 10⁻¹⁶ · n.
 */
public final class SymmetricEigenvalues {
  /** Far more rotations than any eigenvalue needs. */
  private static final int MOST_ROUNDS = 100;

  private final double[][] rest;
  private final double[] diagonal;
  private final double[] beside;
  private double nothing;

  private SymmetricEigenvalues(double[][] matrix) {
    rest = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      rest[i] = Arrays.copyOf(matrix[i], i + 1);
    }
    diagonal = new double[matrix.length];
    beside = new double[matrix.length];
  }

  /**
   * Returns the eigenvalues of {@code matrix}, ascending.
   *
   * @param matrix square, of which the diagonal and what lies below it are looked at
   */
  public static double[] of(double[][] matrix) {
    SymmetricEigenvalues work = new SymmetricEigenvalues(matrix);
    for (int i = matrix.length - 1; i > 0; i--) {
      work.reflect(i);
    }
    for (int i = 0; i < matrix.length; i++) {
      work.diagonal[i] = work.rest[i][i];
    }
    for (int i = 1; i < matrix.length; i++) {
      work.beside[i - 1] = work.beside[i];
    }
    if (matrix.length > 0) {
      work.beside[matrix.length - 1] = 0;
    }
    for (int i = 0; i < matrix.length; i++) {
      double near = Math.abs(work.diagonal[i]) + Math.abs(work.beside[i]);
      work.nothing = Math.max(work.nothing, Math.ulp(near) / 2);
    }
    for (int i = 0; i < matrix.length; i++) {
      work.isolate(i);
    }
    Arrays.sort(work.diagonal);
    return work.diagonal;
  }

  /** Clears row {@code i} up to the element beside the diagonal. */
  private void reflect(int i) {
    double[] row = rest[i];
    int last = i - 1;
    double scale = 0;
    for (int k = 0; k < last; k++) {
      scale += Math.abs(row[k]);
    }
    if (scale == 0) {
      beside[i] = row[last];
      return;
    }
    scale += Math.abs(row[last]);
    double square = 0;
    for (int k = 0; k <= last; k++) {
      row[k] /= scale;
      square += row[k] * row[k];
    }
    double head = row[last];
    double length = head >= 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[i] = scale * length;
    square -= head * length;
    row[last] = head - length;
    double sum = 0;
    for (int j = 0; j <= last; j++) {
      double product = 0;
      for (int k = 0; k <= j; k++) {
        product += rest[j][k] * row[k];
      }
      for (int k = j + 1; k <= last; k++) {
        product += rest[k][j] * row[k];
      }
      beside[j] = product / square;
      sum += beside[j] * row[j];
    }
    double half = sum / (2 * square);
    for (int j = 0; j <= last; j++) {
      beside[j] -= half * row[j];
      for (int k = 0; k <= j; k++) {
        rest[j][k] -= row[j] * beside[k] + beside[j] * row[k];
      }
    }
  }

  /** Rotates until element {@code first} beside the diagonal is nothing. */
  private void isolate(int first) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int end = first;
      while (end < diagonal.length - 1 && !isNothing(end)) {
        end++;
      }
      if (end == first) {
        return;
      }
      rotate(first, end);
    }
    throw new IllegalStateException("eigenvalues must converge; found: none after many rounds");
  }

  /** Beside eigenvalues that are zero but for rounding there is nothing to compare with. */
  private boolean isNothing(int at) {
    double near = Math.abs(diagonal[at]) + Math.abs(diagonal[at + 1]);
    return Math.abs(beside[at]) <= Math.max(Math.ulp(near), nothing);
  }

  private void rotate(int first, int end) {
    double g = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
    double r = Math.sqrt(g * g + 1);
    g = diagonal[end] - diagonal[first] + beside[first] / (g + Math.copySign(r, g));
    double sine = 1;
    double cosine = 1;
    double shift = 0;
    for (int i = end - 1; i >= first; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      r = Math.sqrt(f * f + g * g);
      beside[i + 1] = r;
      if (r == 0) {
        diagonal[i + 1] -= shift;
        beside[end] = 0;
        return;
      }
      sine = f / r;
      cosine = g / r;
      g = diagonal[i + 1] - shift;
      r = (diagonal[i] - g) * sine + 2 * cosine * b;
      shift = sine * r;
      diagonal[i + 1] = g + shift;
      g = cosine * r - b;
    }
    diagonal[first] -= shift;
    beside[first] = g;
    beside[end] = 0;
  }
}
