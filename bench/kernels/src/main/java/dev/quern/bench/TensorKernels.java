package dev.quern.bench;

import dev.quern.tensor.Kernels;
import dev.quern.tensor.Matrix;
import dev.quern.tensor.Scratch;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matrix products of one thread; 2·m·k·n operations in floats each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TensorKernels {
  /** m x k x n of the product: a square one, a batch of training, the last layer of few samples. */
  @Param({"512x512x512", "256x784x256", "32x104x128"})
  private String size = "";

  /** By the Vector API or in plain Java. */
  @Param({"vector", "scalar"})
  private String backend = "";

  private final Scratch scratch = new Scratch();
  private Kernels kernel = Kernels.scalar();
  private Matrix a;
  private Matrix b;
  private float[] c = {};

  /** Draws the matrices. */
  @Setup
  public void matrices() {
    String[] parts = size.split("x");
    int m = Integer.parseInt(parts[0]);
    int k = Integer.parseInt(parts[1]);
    int n = Integer.parseInt(parts[2]);
    kernel = backend.equals("vector") ? Kernels.best() : Kernels.scalar();
    if (!kernel.name().equals(backend)) {
      throw new IllegalStateException("backend must be " + backend + "; found: " + kernel.name());
    }
    a = Matrix.of(drawn(1, m * k), m, k);
    b = Matrix.of(drawn(2, k * n), k, n);
    c = new float[m * n];
  }

  private static float[] drawn(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** c = a · b. */
  @Benchmark
  public float product() {
    kernel.multiply(a, b, c, scratch);
    return c[0];
  }
}
