package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {

  private final Kernels vector = Kernels.best();
  private final Kernels scalar = Kernels.scalar();

  static Stream<int[]> sizes() {
    return Stream.of(
        new int[] {1, 1, 1},
        new int[] {3, 5, 7},
        new int[] {4, 16, 32},
        new int[] {5, 17, 33},
        new int[] {6, 1, 31},
        new int[] {9, 100, 65},
        new int[] {33, 13, 10},
        new int[] {70, 129, 127},
        new int[] {256, 256, 256});
  }

  @Test
  void bothKernelsAreThere() {
    assertThat(vector.name()).isEqualTo("vector");
    assertThat(scalar.name()).isEqualTo("scalar");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void productsOfAllStridesHaveEqualBits(int[] size) {
    int m = size[0];
    int k = size[1];
    int n = size[2];
    float[] a = Drawn.floats(1, m * k);
    float[] b = Drawn.floats(2, k * n);
    List<Matrix> lefts = List.of(Matrix.of(a, m, k), Matrix.of(a, k, m).transposed());
    List<Matrix> rights = List.of(Matrix.of(b, k, n), Matrix.of(b, n, k).transposed());
    Scratch scratch = new Scratch();
    for (Matrix left : lefts) {
      for (Matrix right : rights) {
        float[] expected = inOrderByFma(left, right);
        float[] fast = new float[m * n];
        float[] plain = new float[m * n];
        vector.multiply(left, right, fast, scratch);
        scalar.multiply(left, right, plain, scratch);
        assertThat(fast).isEqualTo(expected);
        assertThat(plain).isEqualTo(expected);
      }
    }
  }

  private static float[] inOrderByFma(Matrix a, Matrix b) {
    float[] c = new float[a.rows() * b.columns()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        float sum = 0;
        for (int p = 0; p < a.columns(); p++) {
          float x = a.values()[i * a.rowStride() + p * a.columnStride()];
          sum = Math.fma(x, b.values()[p * b.rowStride() + j * b.columnStride()], sum);
        }
        c[i * b.columns() + j] = sum;
      }
    }
    return c;
  }

  @Test
  void aScratchUsedForALargerProductLeavesNoTrace() {
    Scratch used = new Scratch();
    vector.multiply(
        Matrix.of(Drawn.floats(1, 90 * 70), 90, 70),
        Matrix.of(Drawn.floats(2, 70 * 50), 70, 50),
        new float[90 * 50],
        used);
    Matrix a = Matrix.of(Drawn.floats(3, 5 * 3), 5, 3);
    Matrix b = Matrix.of(Drawn.floats(4, 3 * 9), 3, 9);
    float[] c = new float[45];
    vector.multiply(a, b, c, used);
    assertThat(c).isEqualTo(inOrderByFma(a, b));
  }

  @Test
  void trainingOnBothKernelsHasEqualBits() {
    Mlp mlp = new Mlp(13, List.of(new Mlp.Bag("text", 50, 6)), List.of(21, 10), Activation.RELU, 3);
    TrainingData data = Drawn.data(mlp, Loss.CATEGORICAL_CROSS_ENTROPY, 3, 100, 8);
    assertThat(TrainingLoopTest.train(mlp, data, vector, Workers.caller()))
        .isEqualTo(TrainingLoopTest.train(mlp, data, scalar, Workers.caller()));
  }
}
