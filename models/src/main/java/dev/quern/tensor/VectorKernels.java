package dev.quern.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product in tiles of 4 rows × 2 vectors whose eight sums stay in registers. Both
 * factors are packed first, the left one by 4 rows, the right one by 2 vectors, padded with zeros:
 * the inner loop then reads memory in order whatever the strides are, so transposed factors cost
 * nothing more and edges need no masks.
 */
final class VectorKernels implements Kernels {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int PANEL = 2 * L;
  private static final int ROWS = 4;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void multiply(Matrix a, Matrix b, float[] c, Scratch scratch) {
    int m = a.rows();
    int k = a.columns();
    int n = b.columns();
    float[] left = scratch.left((m + ROWS - 1) / ROWS * ROWS * k);
    float[] right = scratch.right(k * PANEL);
    float[] edge = scratch.edge(ROWS * PANEL);
    packLeft(a, left);
    for (int j = 0; j < n; j += PANEL) {
      packRight(b, j, right);
      for (int i = 0; i < m; i += ROWS) {
        if (i + ROWS <= m && j + PANEL <= n) {
          tile(left, i * k, right, c, i * n + j, n, k);
        } else {
          tile(left, i * k, right, edge, 0, PANEL, k);
          int columns = Math.min(PANEL, n - j);
          for (int r = 0; r < Math.min(ROWS, m - i); r++) {
            System.arraycopy(edge, r * PANEL, c, (i + r) * n + j, columns);
          }
        }
      }
    }
  }

  /** Element (i + r, p) of a goes to i · k + 4 · p + r. */
  private static void packLeft(Matrix a, float[] into) {
    int k = a.columns();
    for (int i = 0; i < a.rows(); i += ROWS) {
      for (int r = 0; r < ROWS; r++) {
        if (i + r < a.rows()) {
          gather(a.values(), (i + r) * a.rowStride(), a.columnStride(), into, i * k + r, ROWS, k);
        } else {
          for (int p = 0; p < k; p++) {
            into[i * k + ROWS * p + r] = 0;
          }
        }
      }
    }
  }

  /** Element (p, j + q) of b goes to 2L · p + q. */
  private static void packRight(Matrix b, int j, float[] into) {
    int k = b.rows();
    int columns = Math.min(PANEL, b.columns() - j);
    if (b.columnStride() == 1) {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b.values(), p * b.rowStride() + j, into, p * PANEL, columns);
      }
    } else {
      for (int q = 0; q < columns; q++) {
        gather(b.values(), (j + q) * b.columnStride(), b.rowStride(), into, q, PANEL, k);
      }
    }
    if (columns < PANEL) {
      for (int p = 0; p < k; p++) {
        Arrays.fill(into, p * PANEL + columns, (p + 1) * PANEL, 0f);
      }
    }
  }

  private static void gather(
      float[] from, int start, int stride, float[] into, int first, int step, int count) {
    if (stride == 1) {
      for (int p = 0; p < count; p++) {
        into[first + p * step] = from[start + p];
      }
    } else {
      for (int p = 0; p < count; p++) {
        into[first + p * step] = from[start + p * stride];
      }
    }
  }

  /** Small enough to be inlined: a vector that leaves a method would be boxed. */
  private static void tile(float[] a, int ai, float[] b, float[] c, int ci, int n, int k) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    for (int p = 0; p < k; p++) {
      FloatVector u = FloatVector.fromArray(S, b, p * PANEL);
      FloatVector v = FloatVector.fromArray(S, b, p * PANEL + L);
      FloatVector x = FloatVector.broadcast(S, a[ai + p * ROWS]);
      s00 = x.fma(u, s00);
      s01 = x.fma(v, s01);
      x = FloatVector.broadcast(S, a[ai + p * ROWS + 1]);
      s10 = x.fma(u, s10);
      s11 = x.fma(v, s11);
      x = FloatVector.broadcast(S, a[ai + p * ROWS + 2]);
      s20 = x.fma(u, s20);
      s21 = x.fma(v, s21);
      x = FloatVector.broadcast(S, a[ai + p * ROWS + 3]);
      s30 = x.fma(u, s30);
      s31 = x.fma(v, s31);
    }
    s00.intoArray(c, ci);
    s01.intoArray(c, ci + L);
    s10.intoArray(c, ci + n);
    s11.intoArray(c, ci + n + L);
    s20.intoArray(c, ci + 2 * n);
    s21.intoArray(c, ci + 2 * n + L);
    s30.intoArray(c, ci + 3 * n);
    s31.intoArray(c, ci + 3 * n + L);
  }
}
