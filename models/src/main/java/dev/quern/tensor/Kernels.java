package dev.quern.tensor;

import java.lang.reflect.InvocationTargetException;

/**
 * The matrix product. Every kernels sums each element over the inner dimension in rising order by
 * fused multiply-add, starting from 0: all give the same bits.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

  /** {@code c = a · b}, row-major, a.rows · b.columns floats from index 0. */
  void multiply(Matrix a, Matrix b, float[] c, Scratch scratch);

  /** "vector" or "scalar", for logs. */
  String name();

  /** Plain Java, on every machine. */
  static Kernels scalar() {
    return new ScalarKernels();
  }

  /**
   * The vector kernels where the JVM runs with module jdk.incubator.vector, else the scalar one.
   */
  static Kernels best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return scalar();
    }
    try {
      // By name: without the module the class could not even be loaded.
      return Class.forName("dev.quern.tensor.VectorKernels")
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("vector kernels must load: module present", e);
    }
  }
}
