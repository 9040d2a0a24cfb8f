package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SymmetricEigenvaluesTest {

  @Test
  void smallMatricesHaveTheirKnownEigenvalues() {
    assertThat(SymmetricEigenvalues.of(new double[][] {})).isEmpty();
    assertThat(SymmetricEigenvalues.of(new double[][] {{3}})).containsExactly(3);
    assertThat(SymmetricEigenvalues.of(new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {1, 3}, within(1e-15));
    // A path of n nodes: 2 − 2·cos(kπ/n), k from 0.
    int n = 9;
    double[][] path = new double[n][n];
    for (int i = 0; i < n; i++) {
      path[i][i] = i == 0 || i == n - 1 ? 1 : 2;
      if (i > 0) {
        path[i][i - 1] = -1;
      }
    }
    double[] found = SymmetricEigenvalues.of(path);
    for (int k = 0; k < n; k++) {
      assertThat(found[k]).isCloseTo(2 - 2 * Math.cos(k * Math.PI / n), within(1e-14));
    }
  }

  @Test
  void aMatrixOfOnesHasOneEigenvalueAndZeros() {
    double[][] ones = new double[40][40];
    for (double[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    double[] found = SymmetricEigenvalues.of(ones);
    assertThat(found[39]).isCloseTo(40, within(1e-12));
    for (int i = 0; i < 39; i++) {
      assertThat(found[i]).isCloseTo(0, within(1e-12));
    }
  }

  /** Sums of eigenvalues, of their squares and cubes are traces, whatever the matrix. */
  @Test
  void powersOfEigenvaluesSumToTraces() {
    SplittableRandom random = new SplittableRandom(7);
    int n = 60;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextDouble() - 0.5;
        matrix[j][i] = matrix[i][j];
      }
    }
    double[] traces = new double[3];
    for (int i = 0; i < n; i++) {
      traces[0] += matrix[i][i];
      for (int j = 0; j < n; j++) {
        traces[1] += matrix[i][j] * matrix[j][i];
        for (int k = 0; k < n; k++) {
          traces[2] += matrix[i][j] * matrix[j][k] * matrix[k][i];
        }
      }
    }
    double[] sums = new double[3];
    for (double value : SymmetricEigenvalues.of(matrix)) {
      sums[0] += value;
      sums[1] += value * value;
      sums[2] += value * value * value;
    }
    for (int i = 0; i < 3; i++) {
      assertThat(sums[i]).isCloseTo(traces[i], within(1e-10));
    }
  }
}
