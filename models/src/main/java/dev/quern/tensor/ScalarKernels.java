package dev.quern.tensor;

import java.util.Arrays;

/** The matrix product as loops over rows, inner dimension, columns. */
final class ScalarKernels implements Kernels {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiply(Matrix a, Matrix b, float[] c, Scratch scratch) {
    int m = a.rows();
    int k = a.columns();
    int n = b.columns();
    Arrays.fill(c, 0, m * n, 0f);
    float[] right = b.columnStride() == 1 ? b.values() : rowMajor(b, scratch.right(k * n));
    int stride = b.columnStride() == 1 ? b.rowStride() : n;
    float[] left = a.values();
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float x = left[i * a.rowStride() + p * a.columnStride()];
        addScaled(x, right, p * stride, c, i * n, n);
      }
    }
  }

  private static void addScaled(float x, float[] b, int bi, float[] c, int ci, int n) {
    for (int j = 0; j < n; j++) {
      c[ci + j] = Math.fma(x, b[bi + j], c[ci + j]);
    }
  }

  private static float[] rowMajor(Matrix b, float[] into) {
    for (int j = 0; j < b.columns(); j++) {
      for (int p = 0; p < b.rows(); p++) {
        into[p * b.columns() + j] = b.values()[p * b.rowStride() + j * b.columnStride()];
      }
    }
    return into;
  }
}
